# A blank line is a row: an empty id where there is one column, else bad.
sim
printf 'A1\n\nA2\n\n' >a.txt && printf 'vin\nA1\n\nA2\n' >one.csv && printf 'vin,n\nA1,1\n\nA2,2\n' >two.csv
printf '{"id":"A1"}\n\n  \n"A2"\n' >a.ndjson
for file in a.txt one.csv two.csv a.ndjson; do status mqstat --line-numbers -q $file; done
