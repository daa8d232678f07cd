# What is no summary, or none of today, is UNKNOWN; nothing of it is shown.
sim && echo A1 | mqstat --summary s.json >out.csv && MQSTAT_RATE=x mqstat --nagios s.json >1
try() { jq -c "$1" s.json >x.json && status mqstat --nagios x.json; }
try '.finished_at = "2020-11-22T08:15:30.123Z"' && try '.finished_at = "2199-01-01T00:00:00.000Z"' && try '.finished_at = "soon"' && try '.format = "x|y"'
try '.rows.online = -1' && try '.rows.online += 1' && try '.requests.sent = 1.5' && try '.exit_code = 7' && try 'del(.rows)' && try '.latency_ms.p50 = "1"' && try '[.]'
status mqstat --nagios none.json && status mqstat --nagios . && status mqstat --nagios /dev/null && status mqstat --nagios s.json ids.txt && status mqstat --nagios /dev/zero
sed 's/"rows"/"rows":{},"rows"/' s.json >x.json && status mqstat --nagios x.json && head -c 100 s.json >x.json && status mqstat --nagios x.json && cat s.json s.json >x.json && status mqstat --nagios x.json
mqstat --nagios s.json 2>&1 >/dev/full || echo "status $?"
