# --trim strips blanks and counts; without it they are part of the id.
sim
printf ' A1\nA1\t \nA 1\n \n' >a.txt
mqstat a.txt | cut -d, -f 1-5 | cat -A
status mqstat --trim -v a.txt 2>err && grep -v -e latency -e PATIENCE err
printf 'vin,n\n" A1 ", x \n' >a.csv && mqstat --trim -k n a.csv
