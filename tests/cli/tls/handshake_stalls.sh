echo 'conn=1- accept=hang' >stall
sim --tls --tls-ca-out ca.pem --scenario stall
ids 3 | status mqstat --cacert ca.pem --connect-timeout 200ms --give-up-after 1s 2>err | cut -d, -f1-4
grep -o 'ended early: [^;]*' err
[ "$SECONDS" -le 5 ]
