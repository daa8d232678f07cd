# 64 MiB of addresses are enough for a run, its threads included.
no_sanitizer && sim --latency 2ms && ids 4000 >a.txt
(ulimit -v 65536 && exec mqstat -r 1M -o o.csv a.txt) && rows o.csv
