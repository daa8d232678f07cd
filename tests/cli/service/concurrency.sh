# A reply takes 100 ms, so what comes in 95 ms is in flight at once.
sim --latency 100ms --log-connections
ids 30 | mqstat --rate 1000 -j 3 >out.csv
sim_end
echo "$(rows out.csv) rows, $(grep -c CONNECT arrivals) connections"
echo "$(max_in_window 0.095) at once"
