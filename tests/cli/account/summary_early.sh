# It is written, too, when the run ends early.
sim && mkfifo in
end() { status mqstat --summary s.json "$@" >out.csv 2>err; "$TESTS/schema_match.py" s.json; jq -c '[.exit_code, .ended, .rows.total]' s.json; }
ids 9 >ids.txt && end ids.txt --max-queries 4 && MQSTAT_PASSWORD=x end ids.txt && MQSTAT_ENDPOINT=http://127.0.0.1:1 end ids.txt --give-up-after 1ms
end ids.txt -o o.csv --max-queries 4 && rm o.csv.partial
mqstat --summary s.json in >out.csv & pid=$! && exec 9>in && echo A1 >&9 && wait_line ^A1 out.csv
kill -TERM $pid && status wait $pid && jq -c '[.exit_code, .ended]' s.json
mkfifo pipe; ids 5000 | mqstat --summary s.json >pipe & sed 1q pipe && wait_for grep -q output_closed s.json && jq -c '[.exit_code, .ended.code]' s.json && "$TESTS/schema_match.py" s.json
