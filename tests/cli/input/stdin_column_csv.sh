# -c makes standard input csv, --from what it says.
sim
printf 'model,vin\nm,A1\n' | mqstat -c vin | cut -d, -f 1
printf 'model\tvin\nm\tA1\n' | mqstat -f tsv -c 2 - | cut -d, -f 1
echo '{"vin":"A1","other":"A2"}' | mqstat -f ndjson -c other | cut -d, -f 1
