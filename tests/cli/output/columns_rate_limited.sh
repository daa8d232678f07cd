# A refused row carries its 429 and how often it was sent.
echo 'id=A2 status=429 header="Retry-After: 1200"' >scenario
sim --scenario scenario
printf 'A1\nA2\nA3\n' >a.txt && status mqstat -q a.txt && status mqstat -q -t tsv a.txt
