# Whatever goes wrong, no row says offline while all are online.
printf '%s\n' 'every=11 status=500' 'every=7 cut=20' 'every=13 body="{\"online\":0}"' \
    'every=5 cut=60' 'every=17 hang' 'every=19 status=404' 'every=23 raw="HTTP/1.1 200 OK\r\n\r\n" close' \
    'every=29 status=204' 'every=31 status=403' >faults
sim --online 1 --scenario faults
ids 500 | status mqstat --rate 500 --timeout 200ms --retries 0 --not-found error >out.csv 2>err
awk -F, 'NR > 1 && NF > 1 && $2 == "" && $3 == "" || $2 == "false" || $2 != "" && $3 != ""' out.csv
echo "$(grep -c ^VIN out.csv) rows"; grep -c ',true,,200' out.csv | awk '$1 < 200 { print "few answers: " $1 }'
