for version in 1.0 1.1 1.2 1.3; do
    sim --tls-max $version --tls-ca-out ca.pem
    ids 2 | status mqstat --cacert ca.pem 2>err | cut -d, -f1-5
    sim_end && echo "$version: $(arrivals) requests"
done
