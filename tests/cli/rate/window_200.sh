# limit: 30
sim
ids 1000 | mqstat --rate 200 >out.csv
sim_end
echo "$(rows out.csv) rows, $(arrivals) requests"
within_rate 200
