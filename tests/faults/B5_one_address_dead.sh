# One of four addresses refuses, one is silent: no row fails, none is late.
own_network && echo close >close && sim --listen 127.0.0.1:0 --scenario close --latency 20ms
port=${url##*:} && resolver 10.9.9.9 127.0.0.9 127.0.0.1 127.0.0.2 && ip addr add 10.0.0.1/8 dev lo
filter 'ip daddr 10.9.9.9 drop' && sim --listen 127.0.0.2:"$port" --scenario close --log second
ids 100 | mqstat -e "http://mqtt.example:$port" --rate 50 >out.csv 2>err && sim_end
awk -F, 'NR > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
