# A header cell without a name is called by its number.
sim
printf ',vin,\n1,A1,2\n' >a.csv
mqstat -k all a.csv && mqstat -k column_3 a.csv && mqstat -c 1 a.csv | cut -d, -f 1
