sim --tls --tls-ca-out ca.pem
ids 2 | SSLKEYLOGFILE=$PWD/keys mqstat --cacert ca.pem | cut -d, -f1,3-5
[ ! -e keys ]
