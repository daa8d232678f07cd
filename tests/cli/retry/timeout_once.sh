# A late answer of the first try is nobody's.
echo 'each=1 id=*7 delay=600ms online=false' >late
sim --online 1 --scenario late
ids 100 | mqstat --rate 100 --timeout 300ms >out.csv
sim_end
awk -F, 'NR > 1 { print $2 "," $3 "," $4 "," $5 }' out.csv | sort | uniq -c
