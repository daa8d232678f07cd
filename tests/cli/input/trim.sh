# --trim strips blanks and counts; without it they are part of the id.
sim
printf ' A1\nA1\t \nA 1\n \n' >a.txt
status mqstat -v a.txt 2>&1 | grep -v latency && status mqstat --trim -v a.txt 2>&1 | grep -v latency
printf 'vin,n\n" A1 ", x \n' >a.csv && mqstat --trim -k n a.csv
