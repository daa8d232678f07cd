# Only rows that a rerun may help are asked again; the others are carried over
# as they are, in input order, from and to each format.
printf 'id=VIN000000[37] status=503\nid=VIN0000005 status=404\n' >bad && sim --scenario bad && { ids 9 && echo . && ids 9; } >ids.txt
for to in csv tsv ndjson; do status mqstat --retries 0 -o old.$to ids.txt 2>/dev/null; done && sim --log second
for to in csv tsv ndjson; do status mqstat --retry-from old.$to -o new.$to ids.txt 2>err && sed 1q err && { diff old.$to new.$to || true; } | grep '^>' | mask; done
cp old.csv o.csv && status mqstat --retry-from o.csv -o o.csv ids.txt 2>/dev/null && status mqstat --retry-from o.csv -o o.csv - <ids.txt 2>/dev/null && { mqstat --retry-from o.csv ids.txt 2>/dev/null || true; } | cmp - o.csv
status mqstat --retry-from old.ndjson -t csv ids.txt 2>/dev/null | cut -d, -f1-3 | sed -n 3,6p && head -n 5 old.csv >part.csv && status mqstat --retry-from part.csv ids.txt 2>/dev/null | grep -c VIN
sim_end && log=second arrivals
