openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem \
    -out cert.pem -days 2 -subj /CN=x -addext subjectAltName=IP:127.0.0.1 2>/dev/null
sim --tls-cert cert.pem --tls-key key.pem
pin=$(openssl pkey -in key.pem -pubout -outform der | openssl dgst -sha256 -binary | base64)
ids 2 | status mqstat --cacert cert.pem --pinned-key "sha256//$pin" | cut -d, -f1-5
ids 2 | status mqstat --cacert cert.pem --pinned-key "sha256//${pin:0:40}AAA=" | cut -d, -f1-5
sim_end && echo "$(arrivals) requests"
