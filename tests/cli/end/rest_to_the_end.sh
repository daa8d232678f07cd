# All of it, however long, when it does not pause.
sim
ids 200000 | MQSTAT_PASSWORD=wrong status mqstat >out.csv 2>err
sim_end
echo "$(arrivals) request, $(grep -c ,not_attempted, out.csv) rows not asked"
tail -n 2 out.csv
