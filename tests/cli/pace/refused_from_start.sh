echo 'status=429' >refuse
sim --scenario refuse
ids 300 | status mqstat --rate 200 --give-up-after 2s 2>err >out.csv
sim_end
head -n 3 out.csv | cut -d, -f1,3-4
tail -n 2 out.csv | cut -d, -f1,3-4
[ "$(arrivals)" -le 60 ] || echo "$(arrivals) requests"
