# An exact name comes before a number; numbers count from 1.
sim
printf '3,vin,n\nA1,A2,A3\n' >a.csv
for column in 1 2 3 vin n; do mqstat -c $column a.csv | sed -n 's/,.*//; 2p'; done
