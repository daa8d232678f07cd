# Ctrl-C: what the terminal echoes goes with the line; says what is waited for.
sim --latency 200ms && ids 5000 >ids.txt && term 80
keys "mqstat -r 100 -o out.csv ids.txt; echo status \$?" Enter && wait_screen '^[0-9,]* rows.*left'
keys C-c && wait_screen '^status 130' && screen | sed -E 's/[0-9]+(\.[0-9]+)?/N/g'
