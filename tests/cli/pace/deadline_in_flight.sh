# What is in flight at the deadline lands.
sim --latency 700ms
ids 20 | status mqstat --rate 100 -j 4 --deadline 1s 2>err | cut -d, -f3-4 | sort | uniq -c
sim_end
echo "$(arrivals) requests"
