# limit: 60
sim --quota 100
ids 1000 | mqstat --rate 300 2>/dev/null >out.csv
sim_end
echo "$(rows out.csv) rows, $(cut -d, -f3 out.csv | sort | uniq -c)"
[ "$(arrivals '$5 == 429')" -lt 300 ]
[ "$(arrivals 'NR > 700 && $5 == 429')" -lt 30 ]
