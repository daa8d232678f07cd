# 2 % of all packets are lost, each reply takes 200 ms: answered, at the rate.
# limit: 30
own_network && sim --latency 200ms && filter 'numgen random mod 100 < 2 drop'
ids 400 | mqstat --rate 50 >out.csv 2>err && sim_end && within_rate 50
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
span 1 400 7.9 14
