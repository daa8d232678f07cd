sim --latency 1ms
ids 10000 | mqstat --rate 5000 >out.csv
sim_end
echo "$(rows out.csv) rows, $(arrivals) requests"
within_rate 5000
