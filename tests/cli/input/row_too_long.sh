# A row over 1 MiB is a bad row, whatever the format; the next one is fine.
sim
big() { printf "$1" && head -c "$2" /dev/zero | tr '\0' y && printf "$3"; }
big 'A1\n' 1048577 '\nA2\n' >a.txt && big 'vin,n\nA1,' 1048577 '\nA2,\n' >a.csv && big 'vin\tn\nA1\t' 1048577 '\nA2\t\n' >a.tsv
big '{"vin":"A1","n":"' 1048577 '"}\n{"vin":"A2"}\n' >a.ndjson && big 'vin,n\nA1,"\n' 1048577 '"\nA2,\n' >b.csv
for file in a.* b.csv; do status mqstat -v --line-numbers $file 2>&1 | grep -v requests; done
