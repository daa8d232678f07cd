# The shards are the fleet: disjoint, equal ids together, the same each time.
sim
{ ids 300 && ids 150; } >a.txt
for i in 1 2 3; do mqstat -r 1M --shard $i/3 a.txt | tail -n +2 | cut -d, -f 1 >$i; done
sort 1 2 3 | diff <(sort a.txt) - && wc -l 1 2 3 && sort -u 1 >1u && sort -u 2 3 | comm -12 1u - | wc -l
mqstat -r 1M --shard 2/3 <a.txt | tail -n +2 | cut -d, -f 1 | diff 2 - && mqstat --shard 1/1 a.txt -r 1M | rows
