# json is one document, also without rows, in any end.
sim
printf 'A1\nA2\n' >a.txt && mqstat -t json a.txt | jq -c 'map(.client_id)'
mqstat -t json /dev/null | jq -c . && { status mqstat -q -t json --max-queries 1 a.txt >o || :; } && sed '/^status/d' o | jq -c 'map(.error)'
