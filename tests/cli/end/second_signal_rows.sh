# What was answered is written, even when it must leave now.
echo 'n=31- delay=9s' >slow
sim --scenario slow && ids 1000 >ids.txt
mqstat --rate 100 ids.txt >out.csv 2>err & pid=$!
wait_arrivals 33 && while kill -TERM $pid 2>/dev/null; do sleep 0.1; done
status wait $pid
[ "$SECONDS" -le 5 ] || echo "after $SECONDS s"
cut -d, -f3-5 out.csv | sort | uniq -c
