# Its reader has gone: stops at once, silently, by SIGPIPE.
sim && mkfifo pipe && ids 5000 >ids.txt
mqstat --rate 100 ids.txt >pipe 2>err & pid=$!
head -n 3 pipe | wc -l
status wait $pid && sim_end
[ "$(arrivals)" -le 250 ] || echo "$(arrivals) requests"
cat err
