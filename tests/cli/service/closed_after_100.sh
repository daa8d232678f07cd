# Closed without a word in the reply, as servers do after 100 requests.
echo 'on=100 close-after=0s' >close
sim --scenario close
ids 2000 | mqstat --rate 4000 -j 4 --retries 0 >out.csv
sim_end
awk -F, 'NR > 1 { rows++; if ($3 != "" || $5 > 2) print } END { print rows }' out.csv
echo "$(arrivals) requests, most for one id $(awk '{ print $4 }' arrivals |
    sort | uniq -c | sort -rn | awk 'NR == 1 { print $1 }')"
