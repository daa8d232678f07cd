# A server that wants a client certificate says so in an alert, and then
# resets the connection: the alert counts.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out known.pem -days 2 -subj /CN=known 2>/dev/null
sim --tls-client-ca known.pem --tls-ca-out ca.pem
for try in 1 2 3 4 5 6; do ids 2 | status mqstat --cacert ca.pem --give-up-after 2s 2>err | cut -d, -f3 | tail -n +2; done | sort | uniq -c
