# The same through pipes: mqstat | mqstat, ndjson, shards of the csv.
sim
nasty() { python3 "$TESTS/tools/nasty.py" "$@"; }
nasty make 10000 nasty.csv
{ mqstat -q -c vin -k all -r 1M -t ndjson <nasty.csv || :; } | tee n1.ndjson | { mqstat -q -f ndjson -c client_id -k 'note "odd"' -r 1M || :; } >n2.csv
nasty check nasty.csv n1.ndjson && nasty again nasty.csv n2.csv
{ mqstat -q -c vin -k 'note "odd"' --quote all -r 1M <nasty.csv || :; } | { mqstat -q -c client_id -k 'note "odd"' --unordered -r 1M || :; } >n3.csv
sort n3.csv | cut -d, -f 1-3 | cmp - <(sort n2.csv | cut -d, -f 1-3) && rows n3.csv >/dev/null
