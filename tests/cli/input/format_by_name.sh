# The file's name tells the format, in upper case too; all else is lines.
sim
printf 'vin,n\nA1,1\n' | tee a.csv >A.CSV && printf 'vin\tn\nA1\t1\n' >a.tsv
echo '{"vin":"A1","n":1}' | tee a.ndjson >a.jsonl && echo A1 | tee a.txt >ids
for file in a.* A.CSV ids; do echo "$file $(mqstat "$file" | cut -d, -f 1)"; done
