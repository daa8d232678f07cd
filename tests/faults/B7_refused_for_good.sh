# The service goes away under way and does not come back: given up.
sim && ids 300 >ids.txt
mqstat --rate 100 --give-up-after 2s ids.txt >out.csv 2>err & pid=$!
wait_arrivals 100 && sim_end && status wait $pid
awk -F, 'NR > 1 { print ($3 ? $3 : "answered") }' out.csv | sort -u
grep -o 'ended early: the service cannot be reached' err
