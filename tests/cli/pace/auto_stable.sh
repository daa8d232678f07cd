# With no quota auto grows, without ever doubling in one step's window.
sim
ids 2000 | mqstat --rate auto >out.csv 2>err
sim_end
awk '{ t[NR] = $1 } END { s = (t[2000] - t[1000]) / 1e9; if (s > 3) print 1000 / s "/s at the end" }' arrivals
echo "$(rows out.csv) rows, $(wc -l <err) lines"
