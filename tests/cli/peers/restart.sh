# nginx goes away for a while.
nginx_start 'location / { return 200 "{\"online\":true}"; }' && export MQSTAT_USER=u MQSTAT_PASSWORD=p
ids 300 >ids.txt
mqstat -e "$nginx_url" --rate 100 ids.txt >out.csv & pid=$!
wait_line VIN0000050 out.csv && kill "$nginx_pid" && wait "$nginx_pid"
nginx -e "$PWD/nginx.log" -c "$PWD/nginx.conf" & nginx_pid=$!
wait $pid
cut -d, -f2-4 out.csv | sort | uniq -c
