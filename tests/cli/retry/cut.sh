# Cut before, inside and after the head, and inside the body; FIN and RST.
printf '%s\n' 'id=before cut=0' 'id=reset cut=0 rst' 'id=status cut=5' 'id=status-rst cut=5 rst' \
    'id=head cut=60' 'id=head-rst cut=60 rst' 'id=body length=+9 close' 'id=body-rst length=+9 rst' >cuts
sim --scenario cuts
{ ids 20; sed 's/^id=\([^ ]*\).*/\1\nbehind-\1/' cuts; } >ids.txt
status mqstat -j 1 --rate 200 --retries 0 ids.txt 2>err >out.csv
grep -v 'VIN\|behind' out.csv | cut -d, -f1,3
