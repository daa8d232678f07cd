# With --retry-from only rows that a rerun may help are counted as queries.
echo 'id=VIN000001[1-4] status=503' >bad && sim --scenario bad && { ids 50 && ids 19; } >ids.txt && status mqstat -r 1k --retries 0 -o old.csv ids.txt 2>/dev/null
status mqstat --dry-run --retry-from old.csv ids.txt | grep -v ': 0$' && status mqstat --dry-run --retry-from <(cat old.csv) - <ids.txt | grep queries
sed 7d ids.txt >other.txt && status mqstat --dry-run --retry-from old.csv other.txt && head -n 50 ids.txt | status mqstat --dry-run --retry-from old.csv
sed -i '9s/,true,,200,\(.*\),.*,/,,not_found,404,\1,,/' old.csv && status mqstat --dry-run --retry-from old.csv ids.txt | grep -e queries -e status
