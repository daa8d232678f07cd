# The same bytes in every locale, numbers, case and messages included.
sim && printf 'A1\nI\xc4\xb0\n\xff\n' >a.txt
for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 none; do
    LC_ALL=$locale LANG=$locale mqstat -v -r 1.5k a.txt 2>&1 | mask | sha256sum || :
done | sort -u | wc -l
LC_ALL=tr_TR.UTF-8 LANG=de_DE mqstat -r 1.5k -t ndjson a.txt 2>&1 | mask || :
