# --cacert, --insecure, --pinned-key, --connect-to, --cert and --key.
sim --tls-ca-out ca.pem
port=${url##*:} && echo A1 >a.txt && openssl s_client -connect 127.0.0.1:$port </dev/null 2>/dev/null | openssl x509 -pubkey -noout >pub && pin=$(openssl pkey -pubin -in pub -outform DER | openssl dgst -sha256 -binary | base64)
mqstat --cacert ca.pem a.txt | rows && mqstat --insecure a.txt | rows && mqstat --cacert ca.pem --pinned-key sha256//$pin a.txt | rows
status mqstat --give-up-after 10ms --cacert ca.pem --pinned-key sha256//AAAA${pin:4} a.txt 2>/dev/null | cut -d, -f 1-5
mqstat --cacert ca.pem -e https://localhost --connect-to localhost:443:127.0.0.1:$port a.txt | rows
status mqstat --cert none.pem --cacert ca.pem a.txt && status mqstat --cacert none.pem a.txt && status mqstat --cacert ca.pem --cert ca.pem --key none.pem a.txt
