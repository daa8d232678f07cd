# A NUL in a csv, tsv or ndjson file harms its row only.
sim
printf 'vin,n\nA\0001,\0\nA2,x\0y\nA3,z\n' >a.csv && tr , '\t' <a.csv >a.tsv && printf '{"vin":"A\0001"}\n{"vin":"A2"}\n' >a.ndjson
for file in a.*; do status mqstat -q --line-numbers $file; done
status mqstat -q -k n a.csv
