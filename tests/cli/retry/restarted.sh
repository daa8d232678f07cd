# The service goes away and comes back on the same port.
sim --listen 127.0.0.1:0 && port=${url##*:} && ids 300 >ids.txt
mqstat --rate 100 ids.txt >out.csv & pid=$!
wait_arrivals 100 && sim_end && mv arrivals first
sim --listen 127.0.0.1:"$port" && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
