# 429 has none, whatever --retries says.
echo 'id=VIN0000003 each=1-5 status=429' >refuse
sim --scenario refuse
ids 5 | mqstat --retries 0 --retry-budget 0% | cut -d, -f1,3-5
