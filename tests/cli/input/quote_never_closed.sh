# A quote that is never closed costs its row, not the rest of the file.
sim
{ echo vin && echo '"A0' && ids 200 B; } >a.csv
status mqstat -r 1M --line-numbers -o out.csv a.csv
sed -n '2,3p; $p' out.csv && rows out.csv
