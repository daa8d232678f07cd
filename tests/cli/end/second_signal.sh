# Leaves now, however long the answers take.
sim --latency 9s && ids 1000 >ids.txt
mqstat --rate 50 ids.txt >out.csv 2>err & pid=$!
wait_arrivals 1 && while kill -INT $pid 2>/dev/null; do sleep 0.1; done
status wait $pid
[ "$SECONDS" -le 4 ] || echo "after $SECONDS s"
grep -o 'ended early: SIGINT' err
