# Stopped for longer than --timeout: what was in flight is asked again, and
# what was missed is not made up for.
sim --latency 200ms && ids 300 >ids.txt
mqstat --rate 100 --timeout 1s ids.txt >out.csv & pid=$!
wait_arrivals 100 && kill -STOP $pid && sleep 2 && kill -CONT $pid && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4; more += $5 > 1 } END { if (more > 40) print more }' out.csv | sort | uniq -c
[ "$(max_in_window 0.2)" -le 23 ] || echo "$(max_in_window 0.2) in 200 ms"
within_rate 100
