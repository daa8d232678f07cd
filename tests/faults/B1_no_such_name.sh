# The name does not exist: one message, no request, no waiting.
own_network && resolver nxdomain && export MQSTAT_USER=u MQSTAT_PASSWORD=p
ids 4 | status mqstat -e http://mqtt.example:1 2>err | cut -d, -f1-5
grep -v unencrypted err
[ "$SECONDS" -le 3 ] || echo "$SECONDS s"
