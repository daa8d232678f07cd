# Two known names, or none: an error that names them; nothing is sent.
sim
printf 'id,model,vin\n1,m,A1\n' >two.csv && printf 'a,b,identity\n1,m,A1\n' >none.csv
status mqstat two.csv && status mqstat none.csv
printf '{"id":"1","vin":"A1"}\n' >two.ndjson && printf '{"a":"1"}\n' >none.ndjson
status mqstat two.ndjson && status mqstat none.ndjson && sim_end && arrivals
