# Quotes inside of a cell, spaces around quotes: broken or literal.
sim
printf 'vin,n\nA"1,1\n"A2" ,2\n "A3",3\n"A""4",4\n"",5\n' >a.csv
status mqstat -v --line-numbers a.csv 2>err
grep -v -e latency -e PATIENCE err
