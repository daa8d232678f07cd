# As many as rows: the run is complete.
sim
ids 10 | status mqstat --max-queries 10 --rate 100 | cut -d, -f3-4 | sort | uniq -c
