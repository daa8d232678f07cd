# No certificate, then a stranger's. TLS 1.3 tells only after the handshake,
# which a reset may overtake; then the last probe is the second row's.
new() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" \
    -out "$1.pem" -days 2 -subj "/CN=$1" 2>/dev/null; }
ask() { ids 2 | status mqstat --cacert ca.pem --give-up-after 500ms "$@" 2>err | cut -d, -f1-4 |
    sed 's/connection_lost/tls_failed/; 3s/tls_failed/not_attempted/'; }
new known && new my && for version in 1.2 1.3; do
    sim --tls-client-ca known.pem --tls-ca-out ca.pem --tls-max $version
    ask && ask --cert my.pem --key my.key && sim_end && echo "$version: $(arrivals) requests"
done
