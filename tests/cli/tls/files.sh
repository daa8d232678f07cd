sim --tls --tls-ca-out ca.pem --log-connections
: >empty && echo x >secret && chmod 000 secret
for file in missing empty secret .; do ids 1 | status as_nobody mqstat --cacert $file; done
for file in missing empty secret; do
    ids 1 | status as_nobody mqstat --cacert ca.pem --cert $file --key ca.pem
    ids 1 | status as_nobody mqstat --cacert ca.pem --cert ca.pem --key $file
done
sim_end && echo "$(wc -l <arrivals) connections"
