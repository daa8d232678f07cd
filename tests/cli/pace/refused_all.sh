# Nothing but 429: few questions, then it gives up.
echo 'n=50- status=429' >refuse
sim --scenario refuse
ids 300 | status mqstat --rate 200 --give-up-after 3s >out.csv 2>err
sim_end
tail -n 1 out.csv
awk -F, 'NR > 1 && NF > 1 { print ($3 ? $3 : "answered") }' out.csv | sort | uniq -c | awk '{ print $2 }'
[ "$(arrivals '$5 == 429')" -le 90 ] || echo "$(arrivals '$5 == 429') refused"
