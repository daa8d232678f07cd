# The same 1 ms later, with the next request perhaps under way.
echo 'every=2 extra-delay=1ms extra="HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"online\":false}"' >extra
sim --online 1 --scenario extra
ids 100 | mqstat --rate 500 -j 4 >out.csv
sim_end
awk -F, 'NR > 1 { print $2 "," $3 }' out.csv | sort | uniq -c
