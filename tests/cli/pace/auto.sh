# Finds a quota that nobody told, and holds it.
# limit: 60
sim --quota 200
ids 3400 | mqstat --rate auto >out.csv 2>err
sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
awk '$5 == 200 { t[++n] = $1 } END { s = (t[n] - t[n - 1000]) / 1e9; if (s > 1000 / 180) print 1000 / s "/s at the end"
    s = (t[n] - t[1]) / 1e9; if (s > 24) print s " s in all" }' arrivals
[ "$(arrivals '$5 == 429')" -le 150 ] || echo "$(arrivals '$5 == 429') refused"
