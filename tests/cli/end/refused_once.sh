# One 401 that a second try does not confirm: the run goes on.
echo 'n=30 status=401' >once
sim --scenario once
ids 100 | mqstat --rate 100 >out.csv
sim_end
awk -F, 'NR > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
