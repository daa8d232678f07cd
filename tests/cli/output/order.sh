# Rows come in input order though answers do not; a slow one is waited for.
echo 'id=VIN0000002 delay=1s' >scenario
sim --latency-jitter 50ms --scenario scenario
ids 300 >a.txt && mqstat -r 1M -j 100 a.txt >out.csv && answers_match out.csv
tail -n +2 out.csv | cut -d, -f 1 | diff a.txt -
tail -n +2 out.csv | cut -d, -f 7 | sort -c 2>/dev/null || echo "answers out of order"
