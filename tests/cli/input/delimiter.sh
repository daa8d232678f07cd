# --delimiter: one ASCII character or the word tab, for csv only.
sim
printf 'vin;n,m\nA1;1\n' >a.csv && printf 'vin\tn,m\n"A\t1"\t1\n' >b.csv && printf 'vin|n\nA1|1\n' >c.csv
mqstat --delimiter ';' -k all a.csv && mqstat --delimiter tab -k all b.csv && mqstat --delimiter='|' c.csv
for c in '"' '' ab ä $'\n'; do status mqstat --delimiter "$c" a.csv; done
