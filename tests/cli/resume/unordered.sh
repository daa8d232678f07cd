# Rows in any order are found by what the input says of them.
sim --latency 5ms --latency-jitter 100ms && ids 400 | awk '{ print $1 ",s" NR % 3 }' | sed '1i id,site' >fleet.csv
mqstat --unordered -k site -r 200 -j 40 -o o.csv fleet.csv & pid=$!
wait_arrivals 300 && kill -9 $pid && status wait $pid && sim_end && done=$(rows o.csv.partial) && echo "$(($(arrivals) - done < 241)) $((done > 90))"
sim --log second && cp o.csv.partial p.csv.partial && head -n 5 fleet.csv >a.csv && status mqstat --unordered -k site -o p.csv --resume a.csv 2>&1 | grep -o 'is not in the input\|^status.*'
status mqstat -k site -o p.csv --resume fleet.csv 2>/dev/null && cmp o.csv.partial p.csv.partial
status mqstat --unordered -k site -r 10k -o p.csv --resume -c id <fleet.csv && sim_end && echo "$(($(log=second arrivals) + done)) rows"
cmp <(cut -d, -f1,8 p.csv | sort) <(sed 's/^id,/client_id,/' fleet.csv | sort)
