echo 'id=VIN0000005 status=502' >bad
sim --scenario bad
for n in 0 1 5; do ids 40 | status mqstat --rate 100 --retries $n 2>err | grep 'status\|0005' | cut -d, -f3-5; done
