ids 40 | awk 'NR % 4 == 1' >forbidden
sim --forbidden-file forbidden
ids 40 | status mqstat --rate 200 >out.csv
sim_end
awk -F, 'NR > 1 && NF > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
