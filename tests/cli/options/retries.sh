# --retries and --retry-budget: how often a failed query is asked again.
echo 'id=B* status=500' >scenario
sim --scenario scenario
{ echo A1 && ids 3 B; } >a.txt
for n in 0 1 3; do { mqstat -q --retries $n a.txt || :; } | tail -n +3 | cut -d, -f 5 | tr '\n' ' '; done
{ ids 5 A && ids 70 B; } >b.txt; mqstat -r 1M --retries 1 --retry-budget 0% -o o.csv b.txt 2>err || sed 's/.*, \([0-9]* retried\).*/\1/; 2d' err
