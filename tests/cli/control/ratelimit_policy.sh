# A policy below the stated rate is the cap from then on.
echo 'n=10 header="RateLimit-Policy: \"default\";q=100;w=2"' >hint
sim --scenario hint
ids 100 | mqstat --rate 1000 -o out.csv
sim_end
awk '{ t[NR] = $1 } END { r = 50 / ((t[100] - t[50]) / 1e9); print (r > 40 && r < 51 ? "50/s" : r "/s") }' arrivals
