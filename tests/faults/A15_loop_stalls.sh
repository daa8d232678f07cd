# Each hundredth receive takes 300 ms: what was missed is not made up for.
sim
ids 600 | faulty 'recv@socket*:%150:delay=300' mqstat --rate 300 >out.csv && sim_end
echo "$(rows out.csv) rows, $(arrivals) requests"
[ "$(max_in_window 0.1)" -le 40 ] || echo "$(max_in_window 0.1) in 100 ms"
within_rate 300
