# Whole replies, then a reset: they count, and each row arrives once. (Some are
# sent on a connection before its reset has come, and then once more.)
echo 'rst' >reset && sim --scenario reset
ids 60 | status mqstat --rate 200 2>err | cut -d, -f3-4 | sort | uniq -c
sim_end && echo "$(arrivals) requests"
