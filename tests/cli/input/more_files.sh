# Several files are one run: one header, one probe, lines by file.
sim
printf 'A1\n\nA2\n' >a.txt && printf 'n,vin\n1,A3\n' >b.csv && printf '{"id":"A1"}\n{"id":\n' >c.ndjson
status mqstat -v --line-numbers a.txt b.csv c.ndjson 2>err && grep -v -e latency -e PATIENCE err
sim_end && arrivals
