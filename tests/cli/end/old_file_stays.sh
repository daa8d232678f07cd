# FILE of an earlier run stays as it was until the new one is complete.
sim
echo old >out.csv
ids 30 | status mqstat --rate 200 --max-queries 9 -o out.csv 2>err
cat out.csv && rm out.csv.partial && ids 3 | mqstat -o out.csv && rows out.csv
