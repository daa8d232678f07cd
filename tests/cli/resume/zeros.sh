# What the file system filled with zeros is cut off, wherever that begins.
sim && ids 99 >ids.txt && mqstat -r 1k -o whole.csv ids.txt && size=$(stat -c %s whole.csv)
for at in 0 1 66 67 80 1000 $((size - 1)) "$size"; do
    { head -c "$at" whole.csv && head -c 9000 /dev/zero; } >o.csv.partial
    mqstat -r 10k -o o.csv --resume ids.txt && cmp <(cut -d, -f1-5 whole.csv) <(cut -d, -f1-5 o.csv) && rows o.csv; done
{ head -c 1000 whole.csv && head -c 560 /dev/zero && tail -c +1561 whole.csv; } >o.csv.partial && mqstat -r 10k -o o.csv --resume ids.txt
tr 1 '\0' <whole.csv >o.csv.partial && status mqstat -o o.csv --resume ids.txt 2>&1 | cut -c 1-80
