# An allocation fails, ours or a library's: exit 3 and a word, no crash. (All
# of them one by one: tests/torture/allocations.py.)
no_sanitizer && sim && ids 20 >a.txt
for k in 50 100 150 200; do status faulty "malloc@mqstat:$k:ENOMEM" mqstat -r 1M -o o.csv a.txt && rm -f o.csv.partial; done
for k in 500 2500 3500; do status faulty "malloc:$k:ENOMEM" mqstat -r 1M -o o.csv a.txt && rm -f o.csv.partial; done
