sim --tls --tls-ca-out other.pem
sim --tls --tls-ca-out ca.pem
ids 3 | status mqstat --cacert other.pem 2>err | cut -d, -f1-5
sim_end && echo "$(arrivals) requests"
grep -o 'tls_failed: .*' err
