# The rows cannot be written: the summary tells.
sim && ids 3 | { mqstat --summary s.json >/dev/full || echo "status $?"; }
jq -c '[.exit_code, .ended.code]' s.json && "$TESTS/schema_match.py" s.json
