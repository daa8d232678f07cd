# The ends of each range, and one step beyond.
try() { for value in "${@:2}"; do mqstat $1 "$value" --print-config 2>/dev/null | grep command || echo "$1 $value: no"; done; }
try --rate 0 1/h 0.9/h 1M 1000001 2k/s 60/m 3600/h 0.0001; try --max-rate 0 1 auto; try -j 0 1 1000 1001 1k auto; try --retries 0 100 101; try --retry-budget 0 0% 100% 101% 12.5 5%%
try --max-queries 0 1 5k 2M 9007199254740991 9007199254740992 9007199254740993; try --timeout 0 0ms 1ms 500ms 10 10s 5m 2h 1d 25h 1.5s; try --connect-timeout 1d 2d; try --deadline 365d 366d; try --give-up-after 1ms 0s
try --output-mode 600 0600 666 0777 400 0400 060 1600 4755 888 u+rw 06000; try --shard 1/1 1/2 0/2 3/2 2 1/0 01/2 999999/999999 1/1000000 1/2/3
