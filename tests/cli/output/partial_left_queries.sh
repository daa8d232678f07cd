# And a query limit: each query that was answered is written.
sim
ids 10 >a.txt && status mqstat -q --max-queries 4 -o o.csv a.txt && cat o.csv.partial
sim_end && arrivals
