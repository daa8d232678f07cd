# What an earlier run left is forbidden ids only: an id that had its answer is
# asked once, and the run ends as one that nobody had interrupted.
ids 40 | tail -n 20 >forbidden.txt && sim --forbidden-file forbidden.txt && ids 40 >ids.txt
status mqstat -q -r 200 --max-queries 20 -o o.csv ids.txt && status mqstat -q -r 200 --resume -o o.csv ids.txt
cut -d, -f3,5 o.csv | sort | uniq -c && sim_end && arrivals
# But where the login is refused for all, it ends at once.
ids 40 >forbidden.txt && sim --forbidden-file forbidden.txt --log all && head -n 21 o.csv >p.csv.partial
status mqstat -q --resume -o p.csv ids.txt && sim_end && log=all arrivals
