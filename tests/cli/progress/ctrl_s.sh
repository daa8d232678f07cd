# A terminal that is stopped does not stop the run.
sim && ids 5000 >ids.txt && term 80 && keys "mqstat -r 100 -o out.csv ids.txt" Enter && wait_arrivals 50
keys C-s && sleep 1 && wait_arrivals $(($(arrivals) + 200)) && keys C-q && wait_screen '^[0-9,]* rows.*left'
keys C-c && wait_screen 'rows so far'
