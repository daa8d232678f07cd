# Garbage, another boot and a time far ahead are made anew; a link is refused.
export XDG_RUNTIME_DIR=$PWD && sim
head -c 100 /dev/urandom >mqstat-g && ids 20 | timeout 10 mqstat --rate 100 --rate-group g -o a.csv && rows a.csv
printf '\377\377\377\377\377\377\377\177' | dd of=mqstat-g bs=1 seek=0 conv=notrunc status=none
ids 20 | timeout 10 mqstat --rate 100 --rate-group g -o b.csv && rows b.csv
ln -s mqstat-g mqstat-l && ids 2 | status mqstat --rate-group l
ids 2 | status mqstat --rate-group ../x
ids 2 | status mqstat --rate auto --rate-group g
