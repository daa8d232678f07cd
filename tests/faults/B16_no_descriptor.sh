# Each second socket cannot be made, for a while: waits, no spinning.
# limit: 40
echo 'every=3 close' >close
for error in EMFILE ENFILE; do
    sim --scenario close && ids 200 >ids.txt
    status faulty "socket:10-14:$error" command time -f '%U %S' -o time mqstat --rate 100 ids.txt >out.csv 2>err
    sim_end && awk -F, 'NR > 1 && NF > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
    awk '$1 + $2 > 1 { print $1 + $2 " s of CPU" }' time
done
