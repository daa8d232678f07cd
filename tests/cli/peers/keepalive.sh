# A connection takes ten requests, and idles for a second only.
nginx_start 'keepalive_requests 10; keepalive_timeout 1s; location / { return 200 "{\"online\":false}"; }'
export MQSTAT_USER=u MQSTAT_PASSWORD=p
{ ids 50; sleep 1.5; ids 50 B; } | mqstat -e "$nginx_url" --rate 200 -j 2 --retries 0 | cut -d, -f2-5 | sort | uniq -c
