# The version 6 address swallows everything: the other one within 300 ms.
own_network && ip -6 addr add fd00::1/64 dev lo nodad && filter 'ip6 daddr fd00::9 drop'
echo close >close && sim --listen 127.0.0.1:0 --scenario close && resolver fd00::9 127.0.0.1
ids 30 | mqstat -e "http://mqtt.example:${url##*:}" --rate 20 >out.csv 2>err && sim_end
awk -F, 'NR > 1 { print $3 "," $4 "," $5; if ($6 > 330) print $6 " ms" }' out.csv | sort | uniq -c
