# limit: 60
# The last row cut at each of its bytes is asked again, in each format.
sim && ids 9 >ids.txt && wanted=0
for to in csv tsv ndjson; do
    mqstat -o whole.$to ids.txt && size=$(stat -c %s whole.$to) last=$(tail -n 1 whole.$to | wc -c) && wanted=$((wanted + 9 + last))
    for ((cut = 1; cut <= last; cut++)); do
        head -c $((size - cut)) whole.$to >o.$to.partial && mqstat -r 1k -o o.$to --resume ids.txt
        cmp <(head -n -1 whole.$to) <(head -n -1 o.$to); done; done
sim_end && echo "$(($(arrivals) - wanted)) too many"
