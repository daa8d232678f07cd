sim
ids 250 | mqstat --rate auto --max-rate 50 >out.csv 2>err
sim_end
within_rate 50
awk '{ t[NR] = $1 } END { s = (t[250] - t[200]) / 1e9; if (s > 1.3) print 50 / s "/s at the end" }' arrivals
