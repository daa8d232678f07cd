# Each reply ends its connection: 10 at once, then 50 a second.
echo close >close
sim --scenario close --log-connections
ids 150 | mqstat --rate 1000 -j 50 >out.csv
sim_end
echo "$(rows out.csv) rows, $(grep -c CONNECT arrivals) connections"
awk '/CONNECT/ { t[++n] = $1 } END { s = (t[n] - t[10]) / 1e9
    if (s < 2.75 || s > 4) print s " s for 140" }' arrivals
