# A wrong password costs one query.
sim
ids 100 >a.txt && MQSTAT_PASSWORD=canary status mqstat -r 1M a.txt 2>err | cut -d, -f 3 | sort | uniq -c
cat err && sim_end && arrivals
