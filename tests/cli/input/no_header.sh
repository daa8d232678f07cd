# Without a header, columns go by number; kept ones are named column_N.
sim
printf 'A1,m1,x\nA2,m2,y\n' >a.csv && printf 'A1\tm1\n' >a.tsv
mqstat --no-header -c 1 -k 3,2 a.csv
mqstat --no-header -c 2 -k all a.tsv
status mqstat --no-header a.csv && status mqstat --no-header -c vin a.csv
