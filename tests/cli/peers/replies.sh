# Closed without a word, redirected, a page, a plain answer.
nginx_start 'location /client-id/drop/ { return 444; } location /client-id/move/ { return 301 http://127.0.0.1:9/; }
    location /client-id/page/ { default_type text/html; return 200 "<html>hello</html>"; }
    location /client-id/fail/ { return 502; } location /client-id/lost/ { return 404; }
    location / { default_type application/json; return 200 "{\"online\":true}\n"; }'
export MQSTAT_USER=u MQSTAT_PASSWORD=p
printf '%s\n' a drop b move c page d fail e lost f | status mqstat -e "$nginx_url" -j 1 --retries 0 2>err | cut -d, -f1-4
