# Another endpoint or user is refused, unless a copy has lost the mark.
sim && ids 9 >ids.txt && mqstat -r 1 --max-queries 1 -o o.csv ids.txt 2>/dev/null || true
status mqstat -u other -o o.csv --resume ids.txt && status mqstat -e "$url/x" -o o.csv --resume ids.txt && rows o.csv.partial
cp o.csv.partial copy && mv copy o.csv.partial && status mqstat -e "$url/" -o o.csv --resume ids.txt && rows o.csv && sim_end && arrivals
