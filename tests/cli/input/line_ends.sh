# LF, CRLF, CR, a mix, no final line end: the same ids in every format.
sim
printf 'vin\nA1\nA2\nA3\n' | tee lf.csv >lf.tsv && printf '{"id":"A1"}\n"A2"\n{"id":"A3"}\n' >lf.ndjson && ids 3 A >lf.txt
for f in lf.*; do sed 's/$/\r/' $f >cr$f; tr '\n' '\r' <$f >cr.$f; printf %s "$(cat $f)" >no.$f; sed '2s/$/\r/' $f | sed ':a; N; $!ba; s/\n/\r/3' >mix.$f; done
for f in lf.* crlf.* cr.* no.* mix.*; do echo "$f $(mqstat $f | tail -n +2 | cut -d, -f 1 | tr '\n' ' ')"; done
