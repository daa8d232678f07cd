# The 40 largest are shown, the rest is one; long names count by 64 bytes.
sim && { echo id,g && printf 'D%d,%0100d\nE%d,%0101d\nF%d,%063dé\nF%d,%063d\n' 1 0 1 0 1 0 2 0 && seq 900 | sed 's/.*/A&,g&/'; } >f.csv
{ seq 30 | sed 's/.*/B&,big/' && seq 9 | sed 's/.*/C&,/' && seq 901 1500 | sed 's/.*/A&,g&/'; } >>f.csv
mqstat --rate 1M -k g --group-by g --summary s.json f.csv >out.csv
"$TESTS/schema_match.py" s.json && jq -c '.groups.largest | length, .[0:5][], .[40].name, (map(.rows) | add)' s.json
