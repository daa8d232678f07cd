# Success says nothing, -v says more; failure is one line and one per kind.
sim
ids 5 | mqstat --rate 1000 -o out.csv
ids 5 | mqstat --rate 1000 -o out.csv -v 2>&1 | grep -c . | awk '{ print ($1 > 1 ? "more" : $1) }'
printf '%s\n' a '' . b | status mqstat -o out.csv
printf '%s\n' a '' . b | status mqstat -o out.csv -q
