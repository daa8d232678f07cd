# Six rows of a hundred fail, and they come last: no outage, three tries each.
echo 'id=BAD* status=500' >bad
sim --scenario bad
{ ids 94; ids 6 BAD; } | status mqstat --rate 200 --give-up-after 3s >out.csv 2>err
sim_end
awk -F, '/^BAD/ { print $3 "," $4 "," $5 } END { print $1 }' out.csv | sort | uniq -c
[ "$(arrivals)" -le 112 ] || echo "$(arrivals) requests"
