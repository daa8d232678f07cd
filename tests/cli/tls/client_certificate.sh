new() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" \
    -out "$1.pem" -days 2 -subj "/CN=$1" 2>/dev/null; }
new client && cat client.pem client.key >both.pem
sim --tls-client-ca client.pem --tls-ca-out ca.pem
ids 2 | status mqstat --cacert ca.pem --cert client.pem --key client.key | cut -d, -f1-5
ids 2 P | status mqstat --cacert ca.pem --cert both.pem | cut -d, -f1-5
