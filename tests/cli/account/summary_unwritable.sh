# Refused before anything is sent; at the end, it is exit 3 with a message.
sim && mkdir d ro && chmod 555 ro && mkfifo in && chmod 777 .
echo A1 | status mqstat --summary none/s.json && echo A1 | as_nobody mqstat --summary ro/s.json || echo "status $?"
echo A1 | status mqstat --summary d && echo A1 | status mqstat --summary '' && arrivals
mqstat --summary d/s.json in >out.csv 2>err & pid=$!
exec 9>in && echo A1 >&9 && wait_line ^A1 out.csv && rmdir d && exec 9>&- && status wait $pid
cat err && rows out.csv
