# One line in place, the more of it the wider the terminal; it never wraps.
sim --online 0.5 && ids 100000 >ids.txt && term 80
keys "mqstat -r 300 -o out.csv ids.txt" Enter
wait_screen '^[0-9]* rows, . %, [0-9]* online, [0-9]* offline, [0-9.]*/s of 300/s, [0-9]* min [0-9]* s left$'
size 40 && wait_screen '^[0-9,]* rows, . %, [0-9.]*/s, [0-9]* min [0-9]* s left$'
size 200 && wait_screen '^[0-9,]* rows after [0-9]* s, . %, .* online, .* offline, [0-9,]* requests, [0-9.]*/s of 300/s, [0-9]* min [0-9]* s left$'
size 20 && wait_screen '^[0-9,]* rows, . %$'
keys C-c && wait_screen 'rows so far' && size 200 && screen | grep -c ' rows'
