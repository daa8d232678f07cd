ids 20 | awk 'NR % 5 == 0' >forbidden.txt
sim --forbidden-file forbidden.txt
ids 20 | status mqstat --rate 1000 >out.csv
grep forbidden out.csv
tail -n 1 out.csv
