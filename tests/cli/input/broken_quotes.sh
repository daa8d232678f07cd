# After a broken quote reading goes on at the line after the one on which
# it opened; the message names that line. (The example of input_csv.c.)
sim
printf 'vin,city,who,x\nV0,a,b,c\n' >a.csv
printf 'VIN1,"Berlin\nMitte",Otto,"x\nVIN2,Hamburg,a,b\nVIN3,"Ulm"er,c,d\nVIN4,a,b,c\n"VIN5,a,b,c\nVIN6,a,b,c\n' >>a.csv
status mqstat -v --line-numbers a.csv 2>err
grep -v -e latency -e PATIENCE err
