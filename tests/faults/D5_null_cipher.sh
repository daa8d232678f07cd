# A server that would not encrypt: nothing is sent.
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=x \
    -addext subjectAltName=IP:127.0.0.1 2>/dev/null && export MQSTAT_USER=u MQSTAT_PASSWORD=p
mkfifo in && exec 5<>in
openssl s_server -accept 127.0.0.1:0 -cert cert.pem -key key.pem -tls1_2 \
    -cipher eNULL@SECLEVEL=0 <in >said 2>&1 & pid=$!
wait_line ACCEPT said && port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' said)
ids 2 | status mqstat -e "https://127.0.0.1:$port" --cacert cert.pem 2>err | cut -d, -f1-4
kill $pid && wait $pid || grep -c -i authorization said || grep -o 'ended early[^;]*' err
