# A byte order mark is dropped at each file's start only.
sim
printf '\357\273\277vin,n\n\357\273\277A1,1\nA\357\273\2772,2\n' >a.csv && printf '\357\273\277A3\n' >b.txt
printf '\357\273\277{"vin":"A4"}\n' >c.ndjson && printf '\357\273\277vin\nA5' >d.tsv && printf '\357\273\277' >e.txt
mqstat a.csv b.txt c.ndjson d.tsv e.txt | cut -d, -f 1 | cat -v
sim_end && awk '!/^#/ { print $4 }' arrivals
