# Several files: kept columns go by name, wherever they stand; a file that
# lacks one is refused before anything is sent.
sim
printf 'vin,a,b\nA1,1,2\n' >a.csv && printf 'b,id,a\n4,A2,3\n' >b.csv && printf 'vin,a\nA3,5\n' >c.csv
mqstat -k a,b a.csv b.csv && mqstat -k all b.csv a.csv && status mqstat -k all a.csv b.csv c.csv
sim_end && arrivals
