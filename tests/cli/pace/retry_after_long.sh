# Above 60 s the whole run waits; up to 60 s the row does.
for wait in 61 60; do
    echo "n=5 status=429 header=\"Retry-After: $wait\"" >waits && sim --scenario waits
    ids 30 | status mqstat --rate 50 -j 1 --deadline 2s 2>err | cut -d, -f3-4 | sort | uniq -c
    sim_end && echo "$(arrivals) requests"
done
