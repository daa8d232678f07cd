# Another input, other columns, formats or quotes: refused, nothing is sent.
sim && ids 9 >ids.txt && sed 's/^/x,/; 1i site,id' ids.txt >fleet.csv && mqstat -k site -o whole.csv fleet.csv
again() { cp whole.csv "$1.partial" && status mqstat --resume -o "$@"; }
again o.csv fleet.csv && again o.csv -k site -t tsv fleet.csv && again o.csv -k site -t ndjson fleet.csv && again o.csv -k site --quote all fleet.csv && again o.csv -k site --line-numbers fleet.csv
sed 6d fleet.csv >a.csv && again o.csv -k site a.csv && sed '6s/x/y/' fleet.csv >a.csv && again o.csv -k site a.csv && head -n 6 fleet.csv >a.csv && again o.csv -k site a.csv
sed 's/00\(.\)$/0\1/' fleet.csv >a.csv && again o.csv -k site a.csv && again o.csv -k site --shard 1/2 fleet.csv && again o.csv -k site --unordered a.csv
sim_end && arrivals && cmp whole.csv o.csv.partial
