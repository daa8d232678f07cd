# Plain HTTP to a TLS port, TLS to a plain one; and what nginx says to it.
sim --tls && tls=$url && sim && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -keyout key.pem -out cert.pem -days 2 -subj /CN=x 2>/dev/null
nginx_start "ssl on; ssl_certificate $PWD/cert.pem; ssl_certificate_key $PWD/key.pem; return 200 '{\"online\":true}';"
for to in "${tls/https/http}" "${url/http/https}" "$nginx_url"; do
    ids 2 | status mqstat -e "$to" --connect-timeout 300ms --give-up-after 500ms 2>err | cut -d, -f1-4
done
sim_end && arrivals '$5 == 200'
