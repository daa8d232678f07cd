# A stapled response that revokes the certificate: nothing is sent. One that
# says good, and one of another authority, hinder nobody.
"$TESTS/tools/stapled.sh" && export MQSTAT_USER=user0 MQSTAT_PASSWORD=secret0
for what in good foreign revoked; do
    nginx_start "ssl on; ssl_certificate $PWD/cert.pem; ssl_certificate_key $PWD/key.pem; ssl_stapling on; ssl_stapling_file $PWD/$what.der; access_log $PWD/$what.log; default_type application/json; return 200 '{\"online\":true}';"
    ids 2 | status mqstat --cacert ca.pem -e "${nginx_url/http/https}" 2>err | cut -d, -f1-5 && kill $nginx_pid && wait $nginx_pid
    cat err && echo "$what: $(wc -l <$what.log) requests"
done
