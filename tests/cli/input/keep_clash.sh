# A kept column with the name of one of ours gets in_ in front.
sim
printf 'vin,online,error,in_line,checked_at\nA1,yes,no,7,now\n' >a.csv
mqstat -k all a.csv && mqstat --line-numbers -k in_line a.csv
printf 'vin,online,in_online\nA1,a,b\n' >b.csv && mqstat -k all -t ndjson b.csv
