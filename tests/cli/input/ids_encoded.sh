# Each byte but the unreserved ones is encoded in the URL (RFC 3986 2.3).
sim
python3 -c 'print("".join(map(chr, [*range(1, 10), 11, 12, *range(14, 128)])))' >a.txt
printf 'a/b?c#d\n \n\U1F697\303\251\n+&=%%x\n=1+1\n-A\n@a\n\ttab\nNA\nnull\n' >>a.txt
mqstat a.txt | cut -d, -f 2- >out && sim_end && awk '!/^#/ { print $4 }' arrivals
