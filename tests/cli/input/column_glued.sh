# Columns that another delimiter glues together are no column of ids.
sim
printf 'vin;model\nA1;x\n' >a.csv && printf 'Fahrzeug\tTyp\nA1\tx\n' >b.csv && printf 'a|b\nA1|x\n' >c.tsv
for file in a.csv b.csv c.tsv '-c vin a.csv'; do status mqstat $file; done
sim_end && arrivals && sim
mqstat --delimiter ';' a.csv | cut -d, -f1 && mqstat -f csv --delimiter '|' -c a c.tsv | cut -d, -f1
mqstat -c 1 a.csv | cut -d, -f1
