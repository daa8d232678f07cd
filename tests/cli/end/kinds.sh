# Most rows first, one line each.
{ for n in 1 2 3; do echo "id=*$n status=404"; done; echo 'id=*5 status=403'; echo 'id=*7 body={}'; } >kinds
sim --scenario kinds
{ ids 60; echo; } | status mqstat --rate 500 -o out.csv
