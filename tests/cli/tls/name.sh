# The name of the URL is sent (SNI) and checked, wherever --connect-to goes.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem \
    -days 2 -subj /CN=x -addext subjectAltName=DNS:mqtt.example 2>/dev/null
nginx_start "ssl on; ssl_certificate $PWD/cert.pem; ssl_certificate_key $PWD/key.pem;
    if (\$ssl_server_name != mqtt.example) { return 421; } return 200 '{\"online\":true}';"
export MQSTAT_USER=u MQSTAT_PASSWORD=p to=${nginx_url#http://}
ids 2 | mqstat -e https://mqtt.example:8443 --connect-to "mqtt.example:8443:$to" --cacert cert.pem | cut -d, -f1-5
ids 2 | status mqstat -e https://other.example --connect-to "::$to" --cacert cert.pem 2>err | cut -d, -f1-5
