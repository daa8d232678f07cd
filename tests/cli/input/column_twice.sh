# A name that two columns have is refused; their numbers still choose.
sim
printf 'vin,vin,n\nA1,A2,1\n' >a.csv
status mqstat -c vin a.csv && status mqstat a.csv && status mqstat -c n -k vin a.csv
mqstat -c 2 a.csv | cut -d, -f 1
