# Exit 5: the rows that are done, no not_attempted ones.
sim
ids 100 | status mqstat --rate 200 --max-queries 30 -o out.csv 2>err
cut -d, -f3-5 out.csv.partial | sort | uniq -c
ls out.csv*
