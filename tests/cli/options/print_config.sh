# Each value and where it comes from; it can be read with any settings.
mqstat --print-config
export MQSTAT_RATE=30/m MQSTAT_HEADER=no MQSTAT_TRIM=yes MQSTAT_NETRC=1 MQSTAT_PASSWORD=canary MQSTAT_TIMEOUT=1500ms MQSTAT_VERBOSE=0
mqstat -e https://h.example:8443/a -u 'a b' -c 'x y' --no-header -k all --delimiter tab --timeout 90s --deadline 90m --give-up-after 2h --max-queries 3k -j 7 --retry-budget 2.5 --output-mode 640 --shard 2/8 --not-found offline -o - -q --print-config x.txt | grep -v default
mqstat -r auto -v --print-config 2>/dev/null | grep -e ^rate -e ^quiet -e ^verbose
