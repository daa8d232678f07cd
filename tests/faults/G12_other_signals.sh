# SIGHUP and SIGQUIT end a run like the others, and no core is left.
sim --latency 10ms && ids 1000 >a.txt && ulimit -c unlimited
for signal in HUP QUIT; do
    env --default-signal=QUIT mqstat -q -o o.csv a.txt &
    wait_arrivals 20 && kill -$signal $! && status wait $! && tail -c 1 o.csv.partial | od -An -c && rm o.csv.partial arrivals
    find . -name '*core*' && sim_end && sim --latency 10ms
done
