# Ten and more in a row after a 200 are a matter of those rows.
ids 60 | tail -n +11 | head -n 30 >forbidden
sim --forbidden-file forbidden
ids 60 | status mqstat --rate 200 >out.csv 2>err
sim_end
awk -F, 'NR > 1 && NF > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
