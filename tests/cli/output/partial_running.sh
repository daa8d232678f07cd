# Another run holds the output: it gives up (5), and the first goes on.
sim
mkfifo in
mqstat -o o.csv in &
exec 9>in && echo A1 >&9 && wait_line ^A1, o.csv.partial && ids 3 | status mqstat -o o.csv 2>/dev/null
exec 9>&- && wait $! && cat o.csv && sim_end && arrivals
