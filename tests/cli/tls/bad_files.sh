# Not certificates; a key that does not fit.
sim --tls --tls-ca-out ca.pem --log-connections
echo garbage >garbage && openssl genrsa -out other.key 2048 2>/dev/null
ids 1 | status mqstat --cacert garbage && ids 1 | status mqstat --cacert ca.pem --cert garbage
sed '/BEGIN/!s/^...../AAAAA/' ca.pem >damaged && ids 1 | status mqstat --cacert damaged 2>err | tail -n 1
ids 1 | status mqstat --cacert ca.pem --cert damaged --key other.key 2>err | tail -n 1 && grep -o 'certificate from damaged' err && grep -o 'tls_failed.*' err
ids 1 | status mqstat --cacert ca.pem --cert ca.pem --key other.key 2>err | tail -n 1
sim_end && echo "$(arrivals) requests"
