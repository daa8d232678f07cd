# ulimit -f: SIGXFSZ does not kill; EFBIG is said; a torn row is taken back.
sim
ids 3000 >a.txt && whole() { tail -c 1 "$1" | od -c | sed 1q && awk -F, 'NF != 7' "$1" && [ "$(rows "$1")" -gt 900 ]; }
for to in '>' '>>'; do (ulimit -f 64 && status sh -c "exec mqstat -r 1M a.txt $to out 2>err") && sed 1q err && whole out && rm out; done
(ulimit -f 64 && status sh -c 'exec mqstat -r 1M -o o.csv a.txt 2>err') && sed 1q err && ls o.csv* && whole o.csv.partial
