# -c names the member; the first line need not be good.
sim
printf '%s\n' 'x' '{"vin":"A1","serial":"S1"}' '{"vin":"A2"}' '"S3"' '{"serial":null}' '{"serial":"S\u0000"}' >a.ndjson
status mqstat -v -c serial -t ndjson --line-numbers a.ndjson 2>err
grep -v -e latency -e PATIENCE err
