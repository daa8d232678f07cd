# On a terminal each row comes at once: ten in turn are not ten seconds.
sim
mkfifo in
script -qfec 'mqstat in' out </dev/null >/dev/null &
exec 9>in && start=${EPOCHREALTIME/./}
for i in 1 2 3 4 5 6 7 8 9 10; do echo A$i >&9 && wait_line ^A$i, out; done && end=${EPOCHREALTIME/./}
exec 9>&- && wait $! && [ $((end - start)) -lt $((5000000 * MQSTAT_PATIENCE)) ] || echo "$((end - start)) us"
tr -d '\r' <out | grep -e ^A1, -e rows
