# --proxy is asked; proxies of the environment are not. (It is no proxy.)
sim
proxy=$url && echo A1 >a.txt
http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1 mqstat a.txt | rows && sim_end && arrivals
sim --log-headers && status mqstat -q --give-up-after 100ms -e http://mq.example --proxy $url a.txt | cut -d, -f 1-5
sim_end && grep -c -i 'mq\.example' arrivals
