# 429 for everybody for 6 s: single questions, then all is answered.
# limit: 40
echo 'after=1s until=7s status=429' >refuse && sim --scenario refuse
ids 400 | mqstat --rate 100 2>err >out.csv && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
[ "$(arrivals '$5 == 429')" -le 60 ] || echo "$(arrivals '$5 == 429') refused"
