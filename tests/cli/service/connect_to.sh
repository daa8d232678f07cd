sim --log-headers
ids 2 | mqstat -e http://mqtt.example:1883 \
    --connect-to "mqtt.example:1883:${url#http://}" | cut -d, -f1,3-5
sim_end
sed -n 's/^# \(GET [^ ]*\).*\(Host: [^\]*\).*/\1 \2/p' arrivals
