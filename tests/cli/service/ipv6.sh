grep -q 0000000000000001 /proc/net/if_inet6 2>/dev/null || exit 0
sim --listen '[::1]:0' --log-headers
ids 3 >ids.txt
mqstat -o out.csv ids.txt
sim_end
[ "$(rows out.csv) $(arrivals '$5 == 200') $(grep -c 'Host: \[::1\]:[0-9]*.r' arrivals)" = '3 3 3' ]
