# A user name without colon and control characters.
sim --user 'ä b' && echo A1 >a.txt
mqstat -u 'ä b' a.txt | rows
for user in u:canary :canary u: $'u\n' ''; do status mqstat -u "$user" a.txt; done 2>&1 | tee out; grep canary out || sim_end && arrivals
