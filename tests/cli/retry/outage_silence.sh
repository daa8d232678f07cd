# No answers for 3 s, and the rows that wait go on afterwards.
# limit: 40
echo 'after=1s until=4s hang' >outage
sim --scenario outage
ids 300 | mqstat --rate 100 --timeout 2s >out.csv
sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
