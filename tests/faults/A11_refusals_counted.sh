# A limiter that counts refusals, told twice its quota: it is not trapped.
# limit: 60
sim --quota 100 --quota-style slideall
ids 1500 | mqstat --rate 200 2>err >out.csv && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
awk 'NR == 1 { f = $1 } $1 - f > 5e9 { n++; bad += $5 == 429 } END { if (n < 500 || bad > n / 20) print bad " of " n }' arrivals
