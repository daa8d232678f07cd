# A run's partial was removed, and another run has begun one: the first neither
# makes that the file nor, where it has no row, removes it.
echo 'id=A2 hang' >hang && sim --scenario hang && mkfifo a b && echo old >o.csv && { mqstat -o o.csv a 2>err & a=$!; } && exec 7>a
echo A1 >&7 && wait_line ^A1, o.csv.partial && rm o.csv.partial && { mqstat -o o.csv b 7>&- & b=$!; } && exec 8>b && echo B1 >&8 && wait_line ^B1, o.csv.partial
exec 7>&- && status wait $a && sed 1q err && cat o.csv && echo B2 >&8 && exec 8>&- && status wait $b && cut -d, -f1 o.csv
echo A2 >c && { mqstat -q --timeout 300ms -o o.csv c & a=$!; } && wait_arrivals 4 && rm o.csv.partial && { mqstat -o o.csv b & b=$!; } && exec 8>b && echo B3 >&8 && wait_line ^B3, o.csv.partial
kill $a && status wait $a && ls o.csv* && exec 8>&- && status wait $b && cut -d, -f1 o.csv
