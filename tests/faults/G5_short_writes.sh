# Writes that take little or are interrupted: all rows come.
sim && ids 300 >a.txt && mqstat -r 1M a.txt | cut -d, -f1-5 | sha256sum >right
for rule in write@pipe*:1+:short=7 write@pipe*:%2:EINTR; do
    faulty "$rule" mqstat -r 1M a.txt | cut -d, -f1-5 | sha256sum | cmp - right && echo "$rule: right"
done
for rule in write@*.partial:1+:short=1000 write@*.partial:1:EINTR; do
    faulty "$rule" mqstat -r 1M -o o.csv a.txt && cut -d, -f1-5 o.csv | sha256sum | cmp - right && echo "$rule: right"
done
