# What changed since an earlier result follows from the answer: it does not
# count when a row in any order is looked up.
sim --online 0.3 && ids 60 >ids.txt && mqstat -r 10k -o old.csv ids.txt && sim_end && echo VIN0000061 >>ids.txt
sim --log second --online 0.7 --latency-jitter 20ms
for to in csv tsv ndjson; do
    options="--unordered --previous old.csv -r 10k -t $to" && mqstat $options -o whole ids.txt && head -n 41 whole >o.$to.partial
    status mqstat $options --resume -o o.$to ids.txt && cmp <(head -n 41 whole) <(head -n 41 o.$to)
    grep -o 'came_online\|went_offline\|same\|unknown' o.$to | sort | uniq -c; done
