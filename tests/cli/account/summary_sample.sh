# What the sample was drawn from, and the seed to repeat it.
sim && ids 50 | mqstat --sample 10 --seed 77 --summary s.json >out.csv
"$TESTS/schema_match.py" s.json && jq -c '.sample, .rows.total, .settings.sample' s.json
