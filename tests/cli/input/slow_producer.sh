# Rows are asked as they come, without a burst or a busy loop.
sim
mkfifo in
mqstat <in >out &
exec 9>in && for i in 1 2 3 4 5; do echo A$i >&9 && wait_arrivals $i && wait_line "^A$i,true" out; done
read -ra stat </proc/$!/stat && [ "$((stat[13] + stat[14]))" -lt $((30 * MQSTAT_PATIENCE)) ]
exec 9>&- && wait $! && cut -d, -f 1-3 out
