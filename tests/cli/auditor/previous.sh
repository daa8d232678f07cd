# What changed since an earlier result, in any order and format.
ids 6 >ids.txt && printf 'VIN000000%d\n' 1 2 >then && printf 'VIN000000%d\n' 2 3 >now
sim --online-file then && head -n 5 ids.txt | mqstat -o old.csv && sim_end
(head -n 1 old.csv; tail -n +2 old.csv | sort -r | sed 's/^VIN0000004,false,,200/VIN0000004,,timeout,/') >shuffled.csv
sim --online-file now && status mqstat --previous shuffled.csv -v --fail-if 'changed>2' ids.txt 2>&1 | grep -v latency
status mqstat --previous shuffled.csv --fail-if 'went_offline>0' --summary s.json -o old.csv ids.txt && jq -c .changes s.json
gzip shuffled.csv && printf '{"id":"VIN0000003","changed":7}\n{"id":""}\n' >in.ndjson
status mqstat --previous shuffled.csv.gz --line-numbers -k changed -t ndjson in.ndjson 2>/dev/null | tail -n 3
