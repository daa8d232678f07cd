# A column that is not there: the columns are listed, nothing is sent.
sim
printf 'vin,model,"od""d, two"\nA1,m,x\n' >a.csv
for column in VIN vi 0 4 -1 1.0 99999999999999999999; do status mqstat -c $column a.csv; done
sim_end && arrivals
