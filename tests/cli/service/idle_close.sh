# Closed 20 ms after each reply; the next request finds out in time.
echo 'close-after=20ms' >close
sim --scenario close
ids 8 | mqstat --rate 8 --retries 0 | cut -d, -f1,3-5
sim_end
echo "$(arrivals) requests, $(awk '{ print $2 }' arrivals | sort -u | wc -l) connections"
