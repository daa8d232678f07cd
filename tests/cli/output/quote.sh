# Cells are quoted when they must be, empty ones never; --quote all quotes
# ids and kept columns in every row.
sim
printf 'vin,n\nA1,\n"A,2","x,y"\n"A""3","q"""\n"A\r4",\n"A\n5","\n"\n A6 ,  x\n;|\t,:\n,x\n' >a.csv
status mqstat -q -k n a.csv | cat -A && status mqstat -q -k n --quote all a.csv | cat -A
printf 'A1\nA,2\n' | mqstat --quote all -t tsv | cut -f 1
