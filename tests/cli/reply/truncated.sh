# Cut at each byte, with an honest length.
for online in true false; do
    body="{\"online\":$online}" && for ((i = 0; i < ${#body}; i++)); do
        part=${body:0:i} && echo "id=$online-$i body=\"${part//\"/\\\"}\""
    done
done >cuts && sim --scenario cuts
sed 's/^id=\([^ ]*\).*/\1\ngood-\1/' cuts | status mqstat -j 1 --rate 1000 >out.csv
awk -F, 'NR > 1 && !/^good-/ { print $2 "," $3 "," $4 "," $5 }' out.csv | sort | uniq -c
