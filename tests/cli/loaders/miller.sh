# limit: 60
# Miller, told by -S that everything is text; jq, on NDJSON.
. "$TESTS/loaders/results.sh" && nasty_results
for f in nasty digits errors empty; do
    mlr -S --icsv --ojsonl cat $f.csv | "$TESTS/loaders/loaded.py" $f.csv
done
jq -c . nasty.ndjson | "$TESTS/loaders/loaded.py" nasty.ndjson
