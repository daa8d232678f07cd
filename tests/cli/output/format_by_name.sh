# The output's name tells its format; --to is stronger; else csv.
sim
for name in o.csv o.tsv o.ndjson o.jsonl o.json o.TSV o.txt o; do echo A1 | mqstat -o $name && echo "$name: $(mask <$name)"; done
echo A1 | mqstat -t tsv -o o.json && mask <o.json
