# No local port is free for a while: waits, no spinning.
# limit: 40
echo 'every=3 close' >close && sim --scenario close && ids 200 >ids.txt
status faulty "connect:10-14:EADDRNOTAVAIL" command time -f '%U %S' -o time mqstat --rate 100 ids.txt >out.csv 2>err
sim_end && awk -F, 'NR > 1 && NF > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
awk '$1 + $2 > 1 { print $1 + $2 " s of CPU" }' time
