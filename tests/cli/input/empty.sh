# No rows are no failure: the header is written, nothing is said or sent.
sim
: >a.txt && : >a.csv && : >a.ndjson && printf 'vin,n\n' >b.csv && printf 'vin\tn' >b.tsv && printf '"vin"\r\n' >c.csv
for file in a.csv a.ndjson b.* c.csv; do status mqstat -k all -f ${file#*.} $file; done 2>&1 | sort | uniq -c
status mqstat -v b.csv 2>&1 | grep -v PATIENCE && status mqstat -t json a.txt && status mqstat -t ndjson a.txt && status mqstat </dev/null
status mqstat -o out.csv a.csv b.csv && cat out.csv && sim_end && arrivals
