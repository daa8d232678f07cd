for fault in expired future wrong-name self-signed; do
    sim --tls-fault $fault --tls-ca-out ca.pem
    ids 3 | status mqstat --cacert ca.pem 2>err | cut -d, -f1-5
    sim_end && echo "$(arrivals) requests"
    grep -o 'SSL[^;]*' err && grep -o 'tls_failed: .*' err
done
