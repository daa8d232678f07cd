# Our csv, tsv and ndjson are input again, with the same ids.
sim
printf '%s\n' 'a,b' '"q"' ' x ' $'t\tb' '\t' 007 >a.txt
mqstat -t tsv -o 1.tsv a.txt && mqstat -o 2.csv 1.tsv && mqstat -o 3.ndjson 2.csv
mqstat -c client_id -f ndjson -t tsv <3.ndjson | cut -f 1 | diff <(cut -f 1 1.tsv) -
mqstat -c client_id <2.csv | cut -d, -f 1
