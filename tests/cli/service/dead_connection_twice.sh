# It dies on the fresh connection, too: nothing is asked more than twice.
echo 'id=VIN0000005 cut=0' >dead
sim --scenario dead
ids 9 | status mqstat --rate 1000 -j 1 --retries 0 | cut -d, -f1-5
sim_end
echo "$(arrivals) requests, $(arrivals '$4 == "VIN0000005"') of them for one"
