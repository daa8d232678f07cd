# Several connections, the next requests 10 ms behind; garbage, too.
echo 'every=2 extra-delay=0s extra="HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"online\":false}"
every=3 extra-delay=0s extra=garbage' >extra
sim --online 1 --latency 5ms --scenario extra
ids 100 | mqstat --rate 100 -j 4 >out.csv
sim_end
awk -F, 'NR > 1 { print $2 "," $3 }' out.csv | sort | uniq -c
