# The server restarts with other ticket keys, each reply ends its connection:
# what it was told to resume it does not know, and a full handshake follows.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem \
    -days 2 -subj /CN=x -addext subjectAltName=IP:127.0.0.1 2>/dev/null && echo close >close && ids 100 >ids.txt
sim --tls-cert cert.pem --tls-key key.pem --scenario close && port=${url##*:}
mqstat --cacert cert.pem --rate 50 ids.txt >out.csv & pid=$!
wait_arrivals 30 && sim_end && mv arrivals first
sim --tls-cert cert.pem --tls-key key.pem --scenario close --listen 127.0.0.1:"$port" && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
