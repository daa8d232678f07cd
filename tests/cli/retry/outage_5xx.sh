# limit: 40
echo 'after=1s until=4s status=503' >outage
sim --scenario outage
ids 400 | mqstat --rate 100 >out.csv
sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
[ "$(arrivals '$5 == 503')" -le 210 ] || echo "$(arrivals '$5 == 503') failed"
