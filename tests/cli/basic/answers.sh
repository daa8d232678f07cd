sim --online 0.5
ids 300 | mqstat --rate 2000 >out.csv
sim_end
echo "$(rows out.csv) rows, $(arrivals) requests"
answers_match out.csv
