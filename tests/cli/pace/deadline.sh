sim
ids 100 | status mqstat --rate 20 --deadline 1s >out.csv 2>err
sim_end
n=$(arrivals) && [ "$n" -ge 15 ] && [ "$n" -le 21 ] || echo "$n requests"
awk -F, -v n="$n" 'NR > 1 && NF > 1 { print (NR <= n + 1 ? "asked" : "rest"), $3 }' out.csv | uniq
tail -n 1 out.csv && grep -o 'ended early: [^;]*' err
