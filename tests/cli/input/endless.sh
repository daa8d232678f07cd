# An endless input is no reason to end late: a closed pipe, a query limit.
sim
{ mqstat < <(yes A1) 2>err || echo "status $?" >>err; } | head -2 | cut -d, -f 1
cat err
status mqstat -o out.csv --max-queries 5 < <(seq -f A%.0f 9999999999) 2>err
head -1 err && rows out.csv.partial
