# Never faster than told, and not needlessly slower.
# alone
sim
ids 1000 | mqstat --rate 200 >out.csv
sim_end
[ "$(max_in_window 1)" -le 204 ] || echo "$(max_in_window 1) in a second"
awk 'NR == 1 { t = $1 } END { if (NR != 1000 || $1 - t > 999 / 180 * 1e9) print NR, $1 - t }' arrivals
