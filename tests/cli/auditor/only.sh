# Only these rows are written; summary and exit status speak of all.
printf 'A1\nA3\n' >fleet && sim --online-file fleet && printf '%s\n' A1 A2 A3 '' A1 >ids.txt
for only in online offline error; do status mqstat --only $only --line-numbers ids.txt 2>/dev/null; done
status mqstat --only online -t json -o out.json ids.txt && jq -c '.[] | [.client_id, .online]' out.json
printf 'A1\nA3\n' | status mqstat --only error && printf 'A2\n' | status mqstat --only offline -q -t tsv
status mqstat --only some ids.txt
