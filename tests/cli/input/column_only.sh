# The only column needs no known name.
sim
printf 'Fahrzeug\nA1\n' | tee a.csv >a.tsv
mqstat a.csv | cut -d, -f 1 && mqstat a.tsv | cut -d, -f 1
