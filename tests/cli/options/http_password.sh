# http:// to another host: one warning that the password is in the clear.
echo A1 >a.txt && export MQSTAT_USER=u MQSTAT_PASSWORD=p
for host in mq.invalid 127.example.invalid localhost 127.0.0.1 '[::1]'; do { mqstat --give-up-after 1ms -e http://$host:1 a.txt 2>&1 || :; } | grep unencrypted || echo "$host: no warning"; done
