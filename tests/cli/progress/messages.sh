# Messages stand on lines of their own, also with rows on the same terminal.
# limit: 60
sim --quota 60 --quota-style strict && ids 300 >ids.txt && clean='s/\x1b\[?7l\x1b\[K[^\x1b]*\x1b\[J\x1b\[?7h\r//g; s/\r\x1b\[K\x1b\[J//g; s/\r$//'
on_tty 'mqstat --color never -r 100 ids.txt -o out.csv' | sed "$clean" >typed
on_tty 'mqstat --color never --progress always -r 100 ids.txt' | sed "$clean" >rows
[ "$(grep -c '^mqstat: 429' typed)" -gt 0 ] && [ "$(grep -c '^mqstat: 429' rows)" -gt 0 ]
grep -v '^mqstat: 429 from the service: [0-9.]*/s -> [0-9.]*/s$' typed | grep -v 'may have been dropped' | sed -E 's/[0-9.]+/N/g'
grep -c '^VIN0000[0-9]*,[a-z]*,,200,[0-9]*,[0-9.]*,[0-9TZ:.-]*$' rows && grep -v '^VIN.*Z$\|^mqstat: ' rows
