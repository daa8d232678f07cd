# Rows that cannot be read: a few are named on a terminal, all with -v.
sim && (echo vin,model && ids 7) >a.csv
mqstat -c model -v a.csv 2>&1 >/dev/null | grep -c 'row cannot be read' || true
term 100 && keys "mqstat -c model a.csv >out.csv; echo status \$?" Enter && wait_screen '^status'
screen | grep -E 'row cannot|further'
