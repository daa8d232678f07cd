# The first row's id alone always fails: it is no outage, the others answer.
for how in status=503 hang 'cut=0'; do
    echo "id=VIN0000001 $how" >bad && sim --scenario bad
    ids 60 | status mqstat -q --rate 100 --timeout 300ms | cut -d, -f3 | sort | uniq -c
done
