# A header that cannot be read is an error with its line.
sim
printf '"vin,n\nA1,2\n' >a.csv && printf '\nA1\n' >b.csv && printf '\nA1\t2\n' >c.tsv && printf 'vin"x\n' >d.csv
for file in a.csv b.csv c.tsv d.csv; do status mqstat $file; done; sim_end && arrivals
