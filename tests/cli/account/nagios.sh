# One line, and Nagios' exit codes.
sim --online 0.5 && ids 20 >ids.txt && { ids 20 && echo; } >bad.txt
try() { mqstat -q --rate 1k --summary s.json "$@" >out.csv || true; status mqstat --nagios s.json | sed -E 's/(duration|p50)=[0-9.]+s/\1=Ts/g'; }
try ids.txt && try bad.txt && try bad.txt --fail-if 'error>0' && try ids.txt --max-queries 4 && MQSTAT_PASSWORD=x try ids.txt && try /dev/null
for code in 129 130 131 141 143; do jq ".exit_code = $code" s.json >x.json && status mqstat --nagios x.json | cut -d'|' -f1; done
