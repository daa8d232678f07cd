# Each format of ours tells the same; what is no result is refused.
sim --online 0.5 && { ids 40; echo 'x,"y'; printf 'a\tb\n'; } >ids.txt && for t in csv tsv ndjson; do mqstat -r 2000 -t $t -o old.$t ids.txt; done
mqstat -r 2000 --quote all -k b <(sed 's/.*/{"id":"&","b":1}/' ids.txt | head -n 40) --from ndjson >old2.csv
for old in old.csv old.tsv old.ndjson old2.csv; do mqstat -r 2000 --previous $old ids.txt | cut -d, -f9- | sed 's/.*,//' | sort | uniq -c; done
status mqstat --previous ids.txt ids.txt && status mqstat --previous none.csv ids.txt && status mqstat --fail-if 'changed>0' ids.txt
mqstat -r 2000 --previous old.csv -o old.csv ids.txt && head -n 1 old.csv && mqstat -r 2000 --previous old.csv -o old.csv ids.txt && grep -c ',same$' old.csv
