# The worst ids, groups and settings stay text, and under 100 KB.
sim && python3 "$TESTS/tools/hostile_fleet.py" >f.csv
mqstat --rate 1M -k g --group-by g --report r.html --connect-to $'<b>\x1b\xff&":1:127.0.0.1:1' f.csv >out.csv 2>err || echo "status $?"
xmllint --noout r.html && [ "$(wc -c <r.html)" -lt 100000 ] && ! grep -e '<script' -e '<img' -e '<b>' r.html && ! LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' r.html
! grep -q -e $'\u202e' -e $'\u2028' -e $'\u009b' -e $'\ufffe' r.html && grep -c -F '&lt;script&gt;' r.html
grep -o -F -e '\xe2\x80\xae' -e '\x1b[31m' r.html | sort | uniq -c | awk '{ print $2, ($1 > 0) }'
