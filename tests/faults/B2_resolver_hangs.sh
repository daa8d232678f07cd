# The resolver hangs: the second signal ends the run all the same, at once.
own_network && export MQSTAT_USER=u MQSTAT_PASSWORD=p && resolver silent
sed 's/timeout:1/timeout:15/' resolv.conf >slow && cat slow >resolv.conf
ids 4 >ids.txt
mqstat -e http://mqtt.example:1 ids.txt >out.csv 2>err & pid=$!
wait_line . questions && while kill -INT $pid 2>/dev/null; do sleep 0.1; done
status wait $pid
[ "$SECONDS" -le 4 ] || echo "after $SECONDS s"
