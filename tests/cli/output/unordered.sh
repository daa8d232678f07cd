# --unordered: the same rows, as they are answered, the slow one last.
echo 'id=VIN0000002 delay=1s' >scenario
sim --latency-jitter 50ms --scenario scenario
ids 300 >a.txt && mqstat --unordered -r 1M -j 100 a.txt >out.csv && answers_match out.csv
tail -n +2 out.csv | cut -d, -f 1 | sort | diff a.txt - && sed '$!d' out.csv
tail -n +2 out.csv | cut -d, -f 7 | sort -c
