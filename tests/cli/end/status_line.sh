# SIGUSR1: one line, also with -q, and the run goes on.
sim && ids 150 >ids.txt
mqstat -q --rate 100 ids.txt >out.csv 2>err & pid=$!
wait_arrivals 20 && kill -USR1 $pid && wait_line requests err && wait_arrivals 60 && kill -USR1 $pid
status wait $pid
echo "$(rows out.csv) rows"; sed -E 's/[0-9,.]+/N/g' err
