# What samples/sqlite.sql prints: by model; then what changed.
. "$TESTS/loaders/results.sh" && sample_results
sqlite3 fleet.db <"$TESTS/../samples/sqlite.sql"
