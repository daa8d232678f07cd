# The sample is a settings file; a run by one of its profiles, the address apart.
mqstat --config "$TESTS/../samples/config" --print-config | grep -v default | sed "s|$TESTS/..|DIR|"
grep -o '^\[profile [a-z]*' "$TESTS/../samples/config" | while read -r _ name; do mqstat --config "$TESTS/../samples/config" --profile "$name" --print-config | grep '# profile' | sed "s|$TESTS/..|DIR|"; done
sim && sed "s|http://127.0.0.1:8080|$url|" "$TESTS/../samples/config" >c && unset MQSTAT_ENDPOINT MQSTAT_USER
mqstat --config c --profile rehearsal "$TESTS/../samples/ids.txt" >out.csv && rows out.csv && answers_match out.csv && sim_end && within_rate 20
