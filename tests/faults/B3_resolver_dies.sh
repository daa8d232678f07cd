# It dies under way, and what libcurl remembered has expired (60 s): what is
# connected goes on, then the run waits for the resolver, and all is answered.
# One slot: a second may want its first connection at any moment.
own_network && echo 'n=200-220 close' >close && sim --scenario close && resolver 127.0.0.1 && ids 400 >ids.txt
faulty 'time:60+:shift=61' mqstat -e "http://mqtt.example:${url##*:}" --rate 100 -j 1 ids.txt >out.csv 2>err & pid=$!
wait_arrivals 20 && resolver servfail && wait_line servfail questions && wait_arrivals 200
sleep 1 && resolver 127.0.0.1 && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
