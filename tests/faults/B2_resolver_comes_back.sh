# The resolver fails at the start and for 2 s: then all is answered.
own_network && sim --listen 127.0.0.1:0 && resolver servfail && ids 50 >ids.txt
mqstat -e "http://mqtt.example:${url##*:}" ids.txt >out.csv 2>err & pid=$!
wait_line servfail questions && sleep 1.5 && resolver 127.0.0.1 && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
