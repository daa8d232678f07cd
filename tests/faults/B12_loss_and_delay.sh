# 2 % of all packets are lost, each reply takes 200 ms: answered, at the rate.
# A request that was lost comes again 0.2 s later, among those of another second
# (one a second in the mean, so more than eight never): hence 56.
# limit: 30
own_network && sim --latency 200ms && filter 'numgen random mod 100 < 2 drop'
ids 400 | mqstat --rate 50 >out.csv 2>err && sim_end && within_rate 56
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
span 1 400 7.9 14
