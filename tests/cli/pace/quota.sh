# Told three times the quota: all answered, at most a tenth asked again.
# limit: 60
sim --quota 100
ids 1000 | mqstat --rate 300 >out.csv 2>err
sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
[ "$(arrivals)" -le 1100 ] || echo "$(arrivals) requests"
within_rate 300
