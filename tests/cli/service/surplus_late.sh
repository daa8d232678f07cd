# The same 20 ms later, or garbage, while the connection is idle: the next
# request goes over a fresh one, and is one request.
echo 'every=2 extra-delay=20ms extra=garbage
extra-delay=20ms extra="HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"online\":false}"' >extra
sim --online 1 --scenario extra
ids 20 | mqstat --rate 12 -j 1 >out.csv
sim_end
awk -F, 'NR > 1 { print $2 "," $3 "," $4 "," $5 }' out.csv | sort | uniq -c
echo "$(arrivals) requests"
