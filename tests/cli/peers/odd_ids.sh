# nginx decodes the path as the service does.
ids=('a b' '%' 'é' '?' '#' '+' '..x' '%2e' '"')
for id in "${ids[@]}"; do echo "location = '/client-id/$id/status' { return 200 '{\"online\":true}'; }"; done >locations
nginx_start "$(cat locations) location / { return 404; }"
export MQSTAT_USER=u MQSTAT_PASSWORD=p
printf '%s\n' "${ids[@]}" other | status mqstat -e "$nginx_url" 2>err | cut -d, -f1-5
