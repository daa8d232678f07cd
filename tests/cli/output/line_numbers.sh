# --line-numbers adds in_line, before the kept columns, in every format.
sim
printf 'vin,n\n"A\n1",a\nA2,b\n' >a.csv
for to in csv tsv ndjson json; do mqstat --line-numbers -k n -t $to a.csv; done
