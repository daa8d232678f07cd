# Hostile names and values stay JSON, and no secret is in it.
sim && printf 'id,"x\ty\n\x01"\nA1,"<\x1b[31m>"\nA2,\xff\nA3,"\xe2\x80\xaeevil"\n' >f.csv
MQSTAT_CERT= mqstat --connect-to $'\xff\x01":1:127.0.0.1:1' --keep all --group-by "$(printf 'x\ty\n\x01')" --summary s.json f.csv >out.csv
"$TESTS/schema_match.py" s.json && jq -ac '.groups, .settings["connect-to"]' s.json && LC_ALL=C grep -c '[^ -~	]' s.json
grep -c secret0 s.json || true
