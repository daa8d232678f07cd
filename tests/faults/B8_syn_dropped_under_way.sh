# Each reply ends its connection, and for 3 s no new one comes about.
own_network && echo close >close && sim --scenario close && ids 300 >ids.txt
mqstat --rate 100 --connect-timeout 300ms ids.txt >out.csv 2>err & pid=$!
wait_arrivals 50 && filter "tcp dport ${url##*:} tcp flags syn drop" && sleep 3 && filter && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
