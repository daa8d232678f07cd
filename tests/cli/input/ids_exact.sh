# What stands in the input stands in the output: blanks, zeros, digits.
sim
printf '  A 1\t\n000123\n1e5\n+49\n306520284186458123456\nTRUE\nNA\n=1\n' | tee a.txt | mqstat | cut -d, -f 1 | cat -A
mqstat -t ndjson a.txt | jq -r .client_id | diff a.txt -
