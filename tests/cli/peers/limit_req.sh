# nginx's own limiter; told twice its rate.
# limit: 40
nginx_start 'limit_req_status 429; location / { limit_req zone=all burst=10 nodelay; try_files "" @yes; }
    location @yes { return 200 "{\"online\":true}"; }' 'limit_req_zone $server_name zone=all:1m rate=100r/s;'
export MQSTAT_USER=u MQSTAT_PASSWORD=p
ids 600 | mqstat -e "$nginx_url" --rate 200 2>err | cut -d, -f2-4 | sort | uniq -c
