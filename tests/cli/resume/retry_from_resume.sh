# Interrupted while it asks the failed rows again, and gone on with.
echo 'id=VIN00001* status=503' >bad && sim --scenario bad && ids 300 >ids.txt && status mqstat -r 1k --retries 0 -o old.csv ids.txt 2>/dev/null && sim_end
sim --log second --latency 5ms && log=second && { mqstat -r 100 --retry-from old.csv -o old.csv ids.txt 2>/dev/null & pid=$!; }
wait_arrivals 50 && kill -INT $pid && status wait $pid && ls old.csv*
status mqstat -r 1k --retry-from old.csv --resume -o old.csv ids.txt && ls old.csv* && rows old.csv && sim_end && echo "$(arrivals) requests"
