# The deadline passes while the last answers are under way: the run is complete.
sim --latency 1s && ids 4 >ids.txt
status mqstat --rate 100 -j 5 --deadline 1700ms ids.txt | cut -d, -f3-4 | sort | uniq -c
status mqstat --rate 100 -j 5 --deadline 1700ms -o o.csv ids.txt && rows o.csv
