# 20 in flight carry 200/s at 100 ms; the first two seconds are for opening.
sim --latency 100ms
ids 800 | mqstat --rate 200 >out.csv
sim_end
awk 'NR == 1 { t = $1 } END { exit NR != 800 || $1 - t > 4.6e9 }' arrivals
within_rate 200
[ "$(max_in_window 0.095)" -le 41 ]
