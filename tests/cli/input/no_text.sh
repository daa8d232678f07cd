# xz, zip, UTF-16 and UTF-32, packed too: says what to do.
sim
echo A1 | gzip | gzip >a.csv && echo vin | iconv -t UTF-16 | gzip >a.txt && printf '\050\265\057\375xyz' >b && printf '\3757zXZ\0' >c && printf 'PK\003\004xx' >d.csv
echo vin | iconv -t UTF-16 >e.csv && echo vin | iconv -t UTF-16BE >f.csv && echo vin | iconv -t UTF-16LE >g.ndjson && echo vin | iconv -t UTF-32 >h
for file in a.csv a.txt b c d.csv e.csv f.csv g.ndjson h; do status mqstat $file; done
status mqstat <a.csv && status mqstat -c vin <e.csv && sim_end && arrivals
