# Stopped for 300 ms and for 1 s: what was missed is not made up for.
sim
ids 600 >ids.txt
mqstat --rate 200 ids.txt >out.csv & pid=$!
for count in 100 250; do wait_arrivals $count && kill -STOP $pid && sleep 0.$((count * 4 - 100)) && kill -CONT $pid; done
wait $pid && sim_end
[ "$(max_in_window 0.2)" -le 55 ] || echo "$(max_in_window 0.2) in 200 ms"
within_rate 200
