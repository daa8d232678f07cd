# Killed at a known request, then resumed (at another simulator, to tell its
# requests): only the rows not in the file are asked for, and at most the
# queries in flight and the last second are asked twice.
sim --latency 20ms && ids 400 >ids.txt && { mqstat -r 200 -j 8 -o o.csv ids.txt & pid=$!; }
wait_arrivals 300 && kill -9 $pid && status wait $pid && sim_end && done=$(rows o.csv.partial) && echo "$(($(arrivals) - done < 209)) $((done >= 92))"
sim --log second && cp o.csv.partial copy && mv copy o.csv.partial
status mqstat -r 2k -o o.csv --resume ids.txt && ls o.csv* && cmp <(sed '1i client_id' ids.txt) <(cut -d, -f1 o.csv)
answers_match o.csv && sim_end && echo "$(($(log=second arrivals) + done)) rows"
