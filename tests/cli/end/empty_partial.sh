# Nothing was done: no file is left.
sim
ids 9 | MQSTAT_PASSWORD=wrong status mqstat -o out.csv
ls out.csv* 2>/dev/null || echo none
