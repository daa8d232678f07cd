# What the environment would do to the traffic is ignored, and -v says so.
sim --tls --tls-ca-out ca.pem && printf 'x = y\n' >conf
names='SSLKEYLOGFILE SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES http_proxy HTTPS_PROXY ftp_proxy No_Proxy'
for name in $names; do export "$name=$PWD/conf"; done
ids 2 | mqstat -v --cacert ca.pem 2>err | cut -d, -f1-5 && cat conf && grep ignored err | sort
for name in $names; do unset "$name"; done
ids 2 | SSL_CERT_FILE=$PWD/ca.pem status mqstat 2>&1 | grep status
