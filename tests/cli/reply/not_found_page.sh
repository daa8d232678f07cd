# A 404 that is a page comes of a web server: the client is not called offline.
export MQSTAT_USER=u MQSTAT_PASSWORD=p && nginx_start "return 404;"
ids 2 | status mqstat -q -e "$nginx_url" --not-found offline | cut -d, -f1-5
