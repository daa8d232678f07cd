# More than 10 min ends the run, in each form.
for when in 601 3600 1000000000000 99999999999999999999999 'Fri, 01 Jan 2100 00:00:00 GMT'; do
    echo "n=5 status=429 header=\"Retry-After: $when\"" >huge && sim --scenario huge
    ids 9 | status mqstat --rate 100 -j 1 2>err | cut -d, -f1,3-5 | tail -n +5
    sim_end && echo "$(arrivals) requests" && grep -c '10 min' err
done
