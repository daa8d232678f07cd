# --from is stronger than the file's name.
sim
printf 'n;vin\n1;A1\n' >a.txt && echo '{"id":"A2"}' >a.csv && printf 'vin,n\n' >b.csv
mqstat -f csv --delimiter ';' a.txt | cut -d, -f 1
mqstat --from ndjson a.csv | cut -d, -f 1
mqstat --from lines b.csv && mqstat --from=tsv b.csv
