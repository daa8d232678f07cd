# Rows by a kept column; one that is not kept cannot be counted by.
sim --online 0.7; fleet=$TESTS/../samples/fleet.csv
status mqstat -k region,model -t ndjson --group-by model --summary s.json "$fleet" >out.json 2>/dev/null
jq -c '.groups.largest[] | [.rows, .name, .online, .offline]' s.json
jq -sc 'group_by(.model) | map([length, .[0].model, (map(select(.online)) | length)]) | sort | reverse[]' <(grep ^{ out.json)
status mqstat -k region --group-by model --summary s.json "$fleet" && status mqstat --group-by model --summary s.json "$fleet"
status mqstat -k model --group-by model "$fleet" && MQSTAT_GROUP_BY=model status mqstat -k model "$fleet"
