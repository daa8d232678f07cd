echo 'id=*5 each=1-2 status=503' >bad
sim --scenario bad
ids 30 | mqstat --rate 100 >out.csv
sim_end
awk -F, 'NR > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
echo "$(arrivals) requests"
