# A summary of a whole run, as the published schema has it.
sim --quota 100 --latency 5ms
{ ids 300; ids 5; echo; printf 'A1  \n'; } >ids.txt
status mqstat --rate 200 --trim --summary s.json ids.txt 2>/dev/null >out.csv
"$TESTS/schema_match.py" s.json && jq -c '.rows, .input, .ended, .exit_code, .errors.bad_client_id' s.json
sim_end && jq -e --argjson sent "$(arrivals)" '.requests.sent == $sent and .requests.refused > 0 and .requests.retried == .requests.refused' s.json
jq -e '.latency_ms.p50 >= 5 and .latency_ms.p50 < 500 and .latency_ms.p99 <= .latency_ms.max' s.json
jq -e '.requests.per_s <= 205 and .timeline.steps[0].cap_per_s <= 200 and .finished_at > .started_at and .duration_s > 1' s.json
