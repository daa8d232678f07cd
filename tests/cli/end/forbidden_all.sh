# One at a time, ten in all.
ids 300 >forbidden
sim --forbidden-file forbidden --latency 20ms
ids 300 | status mqstat --rate 1000 -j 50 >out.csv 2>err
sim_end
awk -F, 'NR > 1 && NF > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
echo "$(arrivals) requests, $(max_in_window 0.019) at once" && tail -n 1 out.csv && grep -o 'ended early.*' err
