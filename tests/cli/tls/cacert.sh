# One handshake a connection, few connections.
sim --tls --tls-ca-out ca.pem --log-connections
ids 200 | mqstat --cacert ca.pem --rate 1000 -j 4 >out.csv
sim_end
cut -d, -f3-4 out.csv | sort | uniq -c
[ "$(grep -c CONNECT arrivals)" -le 4 ]
