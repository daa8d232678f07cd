# The clock stands at 1970: certificates look future, and the message names
# our clock.
sim --tls --tls-ca-out ca.pem && ids 2 >a.txt && now=$(date +%s)
status faulty "clock_gettime@realtime:1+:shift=-$now time:1+:shift=-$now" mqstat --cacert ca.pem --give-up-after 10ms a.txt 2>&1 | grep -o -e 'not yet valid' -e "this machine's clock" -e 'status .*'
