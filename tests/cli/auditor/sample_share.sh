# P% of the rows; the other rows are not in the output and cost nothing.
sim --online 0.3 && ids 3000 >ids.txt && ids 10 x >>ids.txt
status mqstat --sample 10% --seed 1 -r 2000 -v -o a.csv ids.txt 2>&1 | grep -v latency
sort -c <(tail -n +2 a.csv) && rows a.csv && sim_end && arrivals
mqstat --dry-run --sample 10% --seed 1 ids.txt | grep -e read -e rows -e seed
mqstat --dry-run --sample 10% --seed 1 --shard 2/3 ids.txt | grep rows
