# SIGINT, then on, from a file or standard input, in each format: summary and
# exit status speak of the whole file.
echo 'id=VIN0000007 status=404' >missing && sim --latency 10ms --scenario missing && ids 150 >ids.txt && asked=0
for to in csv tsv ndjson; do
    mqstat -r 100 -o o.$to ids.txt 2>err & pid=$!
    wait_arrivals $((asked + 40)) && kill -INT $pid && status wait $pid && grep -o 'run again with .*' err && done=$(grep -c VIN o.$to.partial)
    status mqstat -r 1k -o o.$to --resume <ids.txt 2>err && sed "1s/($done done/(N done/; s/ in .*//" err && grep -c VIN o.$to && asked=$((asked + 150)); done
cmp <(cut -d, -f1 o.csv) <(sed '1i client_id' ids.txt) && cmp <(jq -r .client_id o.ndjson) ids.txt && cmp <(cut -f1,3 o.tsv) <(cut -d, -f1,3 o.csv | tr , '\t') && sim_end && arrivals
