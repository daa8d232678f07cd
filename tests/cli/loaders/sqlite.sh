# limit: 60
# SQLite's .import takes each result as it is, into columns of text.
. "$TESTS/loaders/results.sh" && nasty_results
for f in nasty digits errors empty; do
    sqlite3 :memory: ".import --csv $f.csv result" '.mode json' 'SELECT * FROM result' | "$TESTS/loaders/loaded.py" $f.csv
done
