# An alert, or half a record, in the middle of a reply, again and again: a
# broken connection, asked again.
sim --tls --tls-ca-out ca.pem
python3 "$TESTS/faults/garbled.py" "${url##*:}" >port & pid=$!
wait_line . port && ids 100 | mqstat -e "https://127.0.0.1:$(cat port)" --cacert ca.pem --rate 200 >out.csv
kill $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4; more += $5 > 1 } END { if (!more) print "nothing was garbled" }' out.csv | sort | uniq -c
