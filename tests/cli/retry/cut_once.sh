printf '%s\n' 'each=1 id=*3 cut=5' 'each=1 id=*6 cut=0 rst' 'each=1 id=*9 cut=70' >cuts
sim --scenario cuts
ids 100 | mqstat --rate 100 >out.csv
sim_end
awk -F, 'NR > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
