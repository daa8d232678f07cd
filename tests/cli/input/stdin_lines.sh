# Standard input is lines, byte for byte; no FILE and - are the same.
sim
printf 'vin\nA1\n"A2"\n' | tee ids | mqstat | cut -d, -f 1
mqstat - <ids | cut -d, -f 1
