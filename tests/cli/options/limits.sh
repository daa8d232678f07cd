# --max-queries and --deadline end the run; --give-up-after an outage.
sim
ids 50 >a.txt && status mqstat -q --max-queries 7 a.txt | cut -d, -f 3 | sort | uniq -c && sim_end && arrivals
sim && status mqstat -q -r 20 --deadline 300ms a.txt | cut -d, -f 3 | sort -u
status mqstat -q -e http://127.0.0.1:1 --give-up-after 200ms a.txt | cut -d, -f 3 | sort | uniq -c
