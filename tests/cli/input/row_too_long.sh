# A row over 1 MiB is a bad row, whatever the format; the next one is fine.
sim
big() { printf "$1" && head -c 1048577 /dev/zero | tr '\0' y && printf "$2"; }
big 'A1\n' '\nA2\n' >a.txt && big 'vin,n\nA1,' '\nA2,\n' >a.csv && big 'vin\tn\nA1\t' '\nA2\t\n' >a.tsv
big '{"vin":"A1","n":"' '"}\n{"vin":"A2"}\n' >a.ndjson && big 'vin,n\nA1,"\n' '"\nA2,\n' >b.csv
for file in a.* b.csv; do status mqstat -v --line-numbers $file 2>err && grep 'cannot be read' err; done
