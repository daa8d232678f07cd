# SIGQUIT ends a run as the other signals do, and leaves no core.
sim --latency 50ms && ids 500 >ids.txt && ulimit -c unlimited
mqstat --rate 100 -o out.csv ids.txt 2>err & pid=$!
wait_arrivals 20 && kill -QUIT $pid && status wait $pid && sim_end && [ "$(rows out.csv.partial)" -eq "$(arrivals)" ]
sed 1d err && ls
