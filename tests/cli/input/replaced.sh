# A file that is replaced while it is read: its old rows are the run's.
sim
{ ids 20000; } >a.txt
mqstat -r 10k a.txt >out.csv &
wait_arrivals 100 && ids 5 B >b.txt && mv b.txt a.txt && wait $! && rows out.csv && grep -c ^VIN out.csv
