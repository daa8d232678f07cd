# A file system without locks: they only tell others, so the run goes on.
sim && ids 20 >a.txt
status faulty flock:1+:ENOLCK mqstat -r 1M -o o.csv a.txt && rows o.csv
