# After an early end the rest is read until it pauses for 2 s.
sim && mkfifo pipe && export MQSTAT_PASSWORD=wrong
status mqstat <pipe >out.csv 2>err & exec 5>pipe
ids 3 >&5 && wait_arrivals 1 && sleep 1 && ids 3 B >&5 && sleep 1 && ids 3 C >&5
wait $! && exec 5>&-
cut -d, -f1,3 out.csv
[ "$SECONDS" -ge 3 ] && [ "$SECONDS" -le 8 ] || echo "$SECONDS s"
