# -q: errors only; -v: more; a success says nothing without a terminal.
sim
printf 'A1\n\n' >a.txt && export -n MQSTAT_PATIENCE && echo A1 >b.txt
for level in '' -q -v; do status mqstat $level -o o.csv a.txt && status mqstat $level -o o.csv b.txt; done 2>&1 | sed 's/: p50 .*/.../'
status mqstat -q missing && script -qec 'mqstat -o o.csv b.txt' typescript </dev/null | tr -d '\r'
