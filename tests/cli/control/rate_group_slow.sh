# A member that was told a slower rate does not hold the others up.
# limit: 40
export XDG_RUNTIME_DIR=$PWD && sim && ids 80 >ids.txt
mqstat --rate 20/m --rate-group g ids.txt >slow.csv 2>err & pid=$!
wait_arrivals 1 && timeout $((10 * PATIENCE)) mqstat --rate 20 --rate-group g ids.txt >out.csv && rows out.csv
kill -TERM $pid && { wait $pid || true; } && sim_end && within_rate 20
