# Nothing new starts, what is in flight lands, the output is whole.
for signal in INT TERM HUP; do
    sim --latency 300ms && ids 1000 >ids.txt
    mqstat --rate 50 ids.txt >out.csv 2>err & pid=$!
    wait_arrivals 30 && kill -$signal $pid && status wait $pid && sim_end
    [ "$(rows out.csv)" -eq "$(arrivals)" ] || echo "$(rows out.csv) rows, $(arrivals) requests"
    [ "$(tail -c 1 out.csv | od -An -c)" = '  \n' ]; awk -F, 'NR > 1 && NF != 7 || $3 == "not_attempted"' out.csv
    grep -o 'ended early:.*' err
done
