sim
nginx_start "location / { proxy_pass $url; }"
ids 10 | mqstat -e "$nginx_url" --rate 1000 >out.csv
rows out.csv
answers_match out.csv
