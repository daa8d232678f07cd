# limit: 60
# Two started together: one runs, the other leaves (5) and sends nothing.
sim && ids 300 >ids.txt
for i in $(seq 20); do
    mqstat -r 1k -o o$i.csv ids.txt 2>/dev/null & one=$!
    mqstat -r 1k -o o$i.csv --resume ids.txt 2>/dev/null & two=$!
    wait $one && a=0 || a=$?
    wait $two && b=0 || b=$?
    echo $((a + b)) && [ "$(rows o$i.csv)" -eq 300 ]; done | sort | uniq -c
sim_end && arrivals
