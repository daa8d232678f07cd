# An id that was answered before the cut is not asked again behind it.
sim --latency 5ms && { ids 50 && ids 50 && ids 60; } >ids.txt
for order in '' --unordered; do
    mqstat $order -r 1k -o whole.csv ids.txt
    for rows in 20 70 130; do head -n $((rows + 1)) whole.csv >o.csv.partial && mqstat $order -r 10k --resume -o o.csv ids.txt
        cmp <(cut -d, -f1-3 whole.csv | sort) <(cut -d, -f1-3 o.csv | sort) && cut -d, -f5 o.csv | sort | uniq -c | tr -s '\n ' ' '; done
    [ -n "$order" ] || cp whole.csv ordered.csv; done
head -n 71 ordered.csv >o.csv.partial && mqstat --no-dedup -r 10k --resume -o o.csv ids.txt && cut -d, -f5 o.csv | sort | uniq -c
