# A kept column that is missing, empty or named twice.
sim
printf 'vin,a,b\nA1,1,2\n' >a.csv
for keep in c , a, a,a a,2 ''; do status mqstat -k "$keep" a.csv; done
sim_end && arrivals
