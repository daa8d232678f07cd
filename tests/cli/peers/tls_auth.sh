# nginx with TLS and a password file; keep-alive ends after 10 requests.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem \
    -days 2 -subj /CN=x -addext subjectAltName=IP:127.0.0.1 2>/dev/null
echo "user0:$(openssl passwd -apr1 secret0)" >users
nginx_start "ssl on; ssl_certificate $PWD/cert.pem; ssl_certificate_key $PWD/key.pem; keepalive_requests 10;
    auth_basic mqtt; auth_basic_user_file $PWD/users; location / { try_files '' @yes; } location @yes { default_type application/json; root $PWD/www; try_files /answer =404; }"
mkdir -p www && echo '{"online":true}' >www/answer && export MQSTAT_USER=user0 MQSTAT_PASSWORD=secret0
ids 100 | status mqstat -e "${nginx_url/http/https}" --cacert cert.pem --rate 500 | cut -d, -f2-5 | sort | uniq -c
ids 100 | MQSTAT_PASSWORD=x status mqstat -e "${nginx_url/http/https}" --cacert cert.pem 2>err | cut -d, -f2-5 | sort | uniq -c
