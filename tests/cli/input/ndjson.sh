# Ids: text, integers up to 2^53 by their digits; else bad_row.
sim
printf '{"vin":%s}\n' '"A1"' 7 -7 0 9007199254740992 9007199254740993 1.0 1e3 1.5 null true '["A"]' '{"a":1}' '""' '"\u0041\n\ud83d\ude97"' >a.ndjson
printf '%s\n' '{"vin":"A\u0000"}' '{"vin":"\ud83d"}' '{}' '{"n":1}' '"bare"' 42 null '[1]' '{"vin":"A"' '{"vin":"A"} x' "{'vin':1}" '{"vin":"A1","vin":"A2"}' >>a.ndjson
status mqstat -q --line-numbers a.ndjson
