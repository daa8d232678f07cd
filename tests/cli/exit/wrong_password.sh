sim
ids 1000 | MQSTAT_PASSWORD=wrong status mqstat -o out.csv
sim_end
echo "$(arrivals) request, $(arrivals '$5 == 401') refused"
