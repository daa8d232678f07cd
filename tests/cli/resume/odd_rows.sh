# limit: 60
# Rows that nobody was asked for, bytes that are no text, quotes, newlines.
sim && printf 'id,note\nA1,"x\n""y"""\n"b,1",z\n\n..,q\nA\0B,\xff\xfe\n\xff,\n"A1\nA2","a\tb"\nA3\n"open,1\nA4,end\n' >nasty.csv
for to in csv tsv ndjson; do
    status timeout 9 mqstat -c 1 --keep all --line-numbers -o whole.$to nasty.csv 2>/dev/null && size=$(stat -c %s whole.$to)
    for ((cut = 1; cut < size - 99; cut += 13)); do head -c $((size - cut)) whole.$to >o.$to.partial
        timeout 9 mqstat -c 1 --keep all --line-numbers -r 1k -o o.$to --resume nasty.csv 2>err || [ $? = 1 ] || cat err
        cmp <(mask <whole.$to) <(mask <o.$to) || echo "$cut differs"; done; done
