# A producer that pauses earns no burst.
sim && mkfifo pipe
mqstat --rate 200 <pipe >out.csv & exec 5>pipe
ids 20 A >&5 && wait_arrivals 20 && sleep 1 && ids 200 B >&5 && exec 5>&-
wait $! && sim_end
echo "$(rows out.csv) rows"
[ "$(max_in_window 0.1)" -le 27 ] || echo "$(max_in_window 0.1) in 100 ms"
within_rate 200
