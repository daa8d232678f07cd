# ulimit -f: SIGXFSZ does not kill; EFBIG is said.
sim
ids 3000 >a.txt
(ulimit -f 64 && status sh -c 'exec mqstat -r 1M a.txt >out 2>err') && sed 1q err && stat -c %s out
(ulimit -f 64 && status sh -c 'exec mqstat -r 1M -o o.csv a.txt 2>err') && sed 1q err && ls o.csv*
tail -c 1 o.csv.partial | od -c | sed 1q && awk -F, 'NF != 7' o.csv.partial && [ "$(rows o.csv.partial)" -gt 900 ]
