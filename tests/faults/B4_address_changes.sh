# The name moves to another address and the old one goes away: the new one is
# used as soon as what libcurl remembered has expired (60 s).
own_network && sim --listen 127.0.0.2:0 && old=$sim_pid port=${url##*:} && resolver 127.0.0.2 && ids 400 >ids.txt
sim --listen 127.0.0.3:"$port" --log moved
faulty 'time:60+:shift=61' mqstat -e "http://mqtt.example:$port" --rate 100 -j 4 ids.txt >out.csv 2>err & pid=$!
wait_arrivals 20 && resolver 127.0.0.3 && wait_arrivals 150 && kill "$old" && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
[ "$(log=moved arrivals)" -ge 200 ]
