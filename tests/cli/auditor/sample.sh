# Exactly N rows in order, the same with the same seed, from files and pipes.
sim --online 0.5 && ids 3000 >ids.txt
status mqstat --sample 200 --seed 5 -r 2000 -v -o a.csv ids.txt 2>&1 | grep -v latency
cut -d, -f1 a.csv | tail -n +2 >a && sort -c a && wc -l <a && grep -cxFf a ids.txt
mqstat --sample 200 --seed 5 -r 2000 <ids.txt | cut -d, -f1 | tail -n +2 | cmp - a
mqstat --sample 200 --seed 6 -r 2000 ids.txt | cut -d, -f1 | tail -n +2 | cmp -s - a || echo another
sim_end && arrivals
