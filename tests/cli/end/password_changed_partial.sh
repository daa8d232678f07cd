# What is done stays, and nothing else.
echo 'n=100 login=user0:other' >change
sim --scenario change
ids 500 | status mqstat --rate 200 -o out.csv 2>err
ls out.csv*
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv.partial | sort | uniq -c
