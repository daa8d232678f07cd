sim
export http_proxy=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 \
    all_proxy=socks5://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9
ids 2 | mqstat -v 2>err | cut -d, -f1,3-5
grep -i "environment's" err | sort
