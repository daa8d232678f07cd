# Answers slower than a window slow the run all the same, when they refuse.
# limit: 60
sim --quota 40 --latency 1200ms
ids 600 | mqstat --rate auto >out.csv 2>err
sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
[ "$(arrivals)" -le 900 ] || echo "$(arrivals) requests"
