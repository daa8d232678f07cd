# Nothing gets through for 3 s: the run waits, and goes on by itself.
# limit: 40
own_network && sim && ids 400 >ids.txt
mqstat --rate 100 --timeout 500ms --connect-timeout 500ms ids.txt >out.csv 2>err & pid=$!
wait_arrivals 100 && filter drop && sleep 3 && filter && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
