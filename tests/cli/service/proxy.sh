# The simulator takes the absolute form that proxies get.
sim --log-headers
ids 2 | mqstat --proxy "$url" -e http://mqtt.example:1883 | cut -d, -f1,3-5
sim_end
sed -n 's/^# \(GET [^ ]*\).*\(Host: [^\]*\).*/\1 \2/p' arrivals
