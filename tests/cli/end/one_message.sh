# 3,000 equal failures are one message.
ids 3000 >unknown
sim --unknown-file unknown
ids 3000 | status mqstat --rate 3000 -o out.csv
sim_end
awk -F, '{ print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
