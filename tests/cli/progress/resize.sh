# A window that becomes wider and narrower, and messages: no line is left over.
sim --quota 60 --quota-style strict && ids 300 >ids.txt && term 200
keys "mqstat -r 100 -o out.csv ids.txt" Enter && wait_screen '^[0-9]* rows'
for columns in 79 30 120 40 20 200 60 200; do size $columns && sleep 0.3; done
wait_screen ' in .* s;' && screen | sed -E 's/[0-9]+(\.[0-9]+)?/N/g' | grep -v 'N from the service\|may have been dropped'
