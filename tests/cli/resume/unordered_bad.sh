# A row that cannot be asked does not stand for a good one that looks like it.
sim && printf 'id,model\nVIN1,\nVIN1\nA\xef\xbf\xbd,\nA\xff,\n' >in.csv
for to in csv tsv ndjson; do
    options="-c id -k model --unordered -t $to" && status mqstat $options -o whole in.csv 2>/dev/null
    grep -a -e '^client_id' -e bad_ whole >o.partial && status mqstat $options --resume -o o in.csv 2>/dev/null
    mask <o && cmp <(mask <whole | sort) <(mask <o | sort); done
