# Byte by byte: each kind of row in each format, empty cells included.
printf 'id=ok online=true\nid=off online=false\nid=no* status=404\nid=forb status=403\nid=odd status=302\nid=5xx status=503\nid=hang hang\nid=cut cut=9\nid=junk body=[]\nid=204 status=204\n' >scenario
sim --scenario scenario
printf 'vin,note\nok,"a,b"\noff,\nno such,"say ""hi"""\nforb,two\nodd,"two\nlines"\n5xx,t\tb\nhang,\ncut,x\njunk,\n204,\n.,dot\nok,\xe5\x8c\x97\n' >a.csv && printf 'x"y,z\n' >>a.csv
for to in csv tsv ndjson json; do status mqstat -q --retries 0 --timeout 300ms -j 20 -k note -t $to a.csv; done
