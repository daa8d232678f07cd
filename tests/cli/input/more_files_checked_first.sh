# All files are opened and their headers checked before anything is sent.
sim
echo A1 >a.txt && printf 'x,y\n1,2\n' >b.csv
status mqstat a.txt missing.txt && status mqstat a.txt b.csv && status mqstat a.txt . && sim_end && arrivals
