# With -o the rows so far stay in FILE.partial, and no FILE appears.
sim --latency 50ms && ids 500 >ids.txt
mqstat --rate 100 -o out.csv ids.txt 2>err & pid=$!
wait_arrivals 20 && kill -INT $pid && status wait $pid && sim_end
ls out.csv* && [ "$(rows out.csv.partial)" -eq "$(arrivals)" ]
awk -F, 'NR > 1 && $3 != ""' out.csv.partial
grep -c 'out.csv.partial' err
