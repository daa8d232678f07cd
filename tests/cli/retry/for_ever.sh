# Three tries, spread over time, and the row fails; the others do not.
echo 'id=VIN0000010 status=500' >bad
sim --scenario bad
ids 60 | status mqstat --rate 100 >out.csv
sim_end
grep VIN0000010 out.csv
echo "$(arrivals) requests"
