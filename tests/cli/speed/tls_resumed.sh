# A connection after the first one spares the full handshake.
openssl req -x509 -nodes -subj /CN=localhost -keyout key -out crt 2>openssl.err
nginx_start "ssl on; ssl_certificate $PWD/crt; ssl_certificate_key $PWD/key;
    ssl_session_cache shared:s:1m; keepalive_requests 5; access_log $PWD/log r;
    location / { return 200 '{\"online\":true}'; }" \
    "log_format r '\$connection \$ssl_session_reused';"
ids 20 | MQSTAT_PASSWORD=secret0 mqstat -e "https${nginx_url#http}" -u user0 \
    --insecure -j 1 >out.csv
sort -u log | cut -d' ' -f2 | sort | uniq -c
