# One query, whatever is in flight: 401 at the start.
sim --latency 50ms
ids 300 | MQSTAT_PASSWORD=wrong status mqstat --rate 1000 -j 50 >out.csv 2>err
sim_end
echo "$(arrivals) request"
cut -d, -f2-5 out.csv | sort | uniq -c
cat err
