# limit: 60
sim --quota 100
ids 1000 | mqstat --rate 300 >out.csv
sim_end
awk 'NR > 1 { print $2, $3 }' FS=, out.csv | sort | uniq -c
[ "$(arrivals '$5 == 429')" -lt 150 ]
