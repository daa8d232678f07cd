# A row without the id's or a kept cell is bad_row; more cells are ignored.
sim
printf 'model,vin,note\nm\nm,A1\nm,A2,x\nm,A3,x,y,z\n\n' >a.csv && tr , '\t' <a.csv >a.tsv
status mqstat -v --line-numbers a.csv 2>err && grep -v -e latency -e PATIENCE err
status mqstat -q -k note a.csv
status mqstat -v --line-numbers a.tsv 2>err && grep -v -e latency -e PATIENCE err
