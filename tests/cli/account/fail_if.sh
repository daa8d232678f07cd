# Exit 6 when a condition holds, before 1; other ends keep their status.
sim --online 0.5 && { ids 40; echo; } >ids.txt
try() { status mqstat --rate 1k --fail-if "$@" ids.txt -o /dev/null 2>err; grep -e --fail-if err || true; }
try 'error>0' && try 'error>1' && try 'bad_client_id>=1,online<99%' && try 'offline<=100%' && try 'timeout>0'
try 'error>0' --max-queries 3 && MQSTAT_PASSWORD=x try 'error>0' && MQSTAT_FAIL_IF='error>0' status mqstat ids.txt -o /dev/null 2>err
status mqstat --fail-if 'offline>5 %' ids.txt && status mqstat --fail-if changes ids.txt 2>&1 | cut -c 1-60
status mqstat --fail-if 'online<1%' --summary s.json -o o.csv /dev/null && "$TESTS/schema_match.py" s.json && jq -c '.conditions, .exit_code' s.json
