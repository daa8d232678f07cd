# Equal ids are one, whatever file or format they stand in.
sim
printf 'A1\nA2\n' >a.txt && printf 'n,vin\n1,A2\n2,"A1"\n' >b.csv && echo '{"id":"\u00411"}' >c.ndjson
mqstat a.txt b.csv c.ndjson && sim_end && arrivals
