# A connection after the first one spares the full handshake.
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=IP:127.0.0.1 -keyout key -out ca.pem 2>/dev/null
nginx_start "ssl on; ssl_certificate $PWD/ca.pem; ssl_certificate_key $PWD/key;
    ssl_session_cache shared:s:1m; keepalive_requests 5; access_log $PWD/access reused;
    location / { return 200 '{\"online\":true}'; }" \
    "log_format reused '\$connection \$ssl_session_reused';"
export MQSTAT_USER=user0 MQSTAT_PASSWORD=secret0
ids 20 | mqstat -e "https${nginx_url#http}" --cacert ca.pem -j 1 >out.csv
rows out.csv
sort -u access | cut -d' ' -f2 | sort | uniq -c
