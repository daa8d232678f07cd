# Every connection dies, new ones too, for 3 s.
# limit: 40
printf '%s\n' 'after=1s until=4s accept=rst' 'after=1s until=4s cut=0 rst' >outage
sim --scenario outage
ids 400 | mqstat --rate 100 >out.csv
sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
[ "$(arrivals)" -le 640 ] || echo "$(arrivals) requests"
