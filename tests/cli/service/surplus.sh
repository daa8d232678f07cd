# A second reply behind the first, at once: never the next id's answer.
echo 'extra="HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"online\":false}"' >extra
sim --online 1 --scenario extra
ids 100 | mqstat --rate 1000 -j 4 >out.csv
sim_end
awk -F, 'NR > 1 { print $2 "," $3 "," $4 "," $5 }' out.csv | sort | uniq -c
