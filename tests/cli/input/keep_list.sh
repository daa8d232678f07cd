# Kept columns stand in the order asked for, by name or number.
sim
printf 'a,vin,b,c\n1,A1,"2,5","say ""hi"""\n' >a.csv
mqstat -k c,a a.csv && mqstat --keep 4,vin,b a.csv && mqstat -k all a.csv
