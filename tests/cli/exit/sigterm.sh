sim --latency 10ms
ids 1000 >ids.txt
mqstat -q ids.txt >out.csv & pid=$!
wait_arrivals 5
kill -TERM $pid
status wait $pid
sim_end
[ "$(rows out.csv)" -eq "$(arrivals)" ]
