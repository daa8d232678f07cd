# After 100 rows: no more than the budget, then probes, then it gives up.
# limit: 40
echo 'n=101- status=500' >bad
sim --scenario bad
ids 2000 | status mqstat --rate 200 --give-up-after 2s >out.csv 2>err
sim_end && tail -n 1 out.csv && echo "$(grep -c ,200,1, out.csv) answered"
awk -F, 'NR > 1 && NF > 1 && $3 != "" { print $3 }' out.csv | sort -u
asked=$(awk '{ print $4 }' arrivals | sort -u | wc -l) && extra=$(($(arrivals) - asked))
[ $extra -le $((asked / 10 + 400)) ] || echo "$extra more for $asked"
