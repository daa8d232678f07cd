# No burst at the start: a tenth of a second's worth in a tenth.
sim --latency 20ms
ids 200 | mqstat --rate 200 -j 50 >out.csv
sim_end
[ "$(max_in_window 0.1)" -le 27 ] || echo "$(max_in_window 0.1) in 100 ms"
within_rate 200
