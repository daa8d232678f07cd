# 10,000 odd rows: a csv file, then its result as ndjson and tsv.
sim
nasty() { python3 "$TESTS/tools/nasty.py" "$@"; }
nasty make 10000 nasty.csv && status mqstat -q -c vin -k all -r 1M -j 50 -o n.csv nasty.csv && nasty check nasty.csv n.csv
status mqstat -q -k 'note "odd"' -r 1M -o n2.ndjson n.csv && nasty again nasty.csv n2.ndjson
status mqstat -q -k 'note "odd"' -r 1M -o n3.tsv n2.ndjson && status mqstat -q -k 'note "odd"' -r 1M -o n4.csv n3.tsv
nasty again nasty.csv n4.csv && sim_end && awk '!/^#/ { print $4 }' arrivals | sort | uniq -c | awk '$1 != 4' | wc -l
