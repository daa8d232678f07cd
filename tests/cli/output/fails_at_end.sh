# Errors that only fdatasync or rename tell: exit 3, the partial stays.
sim
export ASAN_OPTIONS=detect_leaks=0:$ASAN_OPTIONS && ids 3 >a.txt
for call in fdatasync:error=EIO rename:error=EACCES; do
    status strace -f -qq -o trace -e inject=$call mqstat -o o.csv a.txt
    ls o.csv* && rows o.csv.partial && rm o.csv.partial
done
