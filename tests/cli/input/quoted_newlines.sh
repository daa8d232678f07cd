# A row's line is its first one; quoted line ends count.
sim
printf 'vin,note\n"A\n1","x\r\ny\rz"\nA2,\n' >a.csv && printf '"A3",z\nA4\n' >>a.csv
status mqstat -v --line-numbers -k note a.csv 2>err
grep -v -e latency -e PATIENCE err
