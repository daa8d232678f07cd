# Who polls FILE sees the old rows or all new ones, never anything else.
sim
echo old >o.csv && ids 500 >a.txt
{ while [ ! -e stop ]; do wc -l <o.csv; done | uniq >seen; } &
for i in 1 2 3; do mqstat -r 1M -o o.csv a.txt; done && touch stop && wait $! && cat seen
