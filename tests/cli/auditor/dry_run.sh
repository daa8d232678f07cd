# Counts, rejects and copies, with no login and nothing written.
export MQSTAT_OUTPUT=out.csv && cp "$TESTS/../samples/fleet.csv" .
status mqstat --dry-run --trim -r 2 -v fleet.csv
ids 1000 | status mqstat --dry-run -r 30/m --max-queries 400
ids 1000 | status mqstat --dry-run -r 10 --deadline 1m --shard 1/2 | grep -v ': 0$'
ids 1000 | status mqstat --dry-run -r auto --no-dedup | tail -n 6
[ ! -e out.csv ] && [ ! -e out.csv.partial ]
