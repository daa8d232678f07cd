# A hint of nothing left ends in time, though many were sent just before it.
echo 'n=41 header="RateLimit: \"default\";r=0;t=1"' >hint
sim --scenario hint
ids 2000 | mqstat --rate 4000 -o out.csv
sim_end
awk '$3 == "CONNECT" || /^#/ { next } { t[n++] = $1 } END { for (i = 1; i < n; i++) if (t[i] - t[i - 1] > 2.5e9) print "silent for " (t[i] - t[i - 1]) / 1e9 " s" }' arrivals
