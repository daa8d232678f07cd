# Each byte but the unreserved ones is encoded in the URL (RFC 3986 2.3).
sim
python3 -c 'print("id\n\"" + "".join(map(chr, range(1, 128))).replace("\"", "\"\"") + "\"")' >a.csv
printf 'a/b?c#d\n \n\360\237\232\227\303\251\n+&=%%x\n=1+1\n-A\n@a\n\ttab\nNA\nnull\n' >>a.csv
mqstat a.csv >out.csv && answers_match out.csv
sim_end && awk '!/^#/ { print $4 }' arrivals
