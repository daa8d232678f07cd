# From the first row on: single probes, few of them, then it gives up.
echo 'status=503' >bad
sim --scenario bad
ids 500 | status mqstat --rate 200 --give-up-after 2s 2>err | cut -d, -f3-4 | sort | uniq -c
sim_end
[ "$(arrivals)" -le 6 ] || echo "$(arrivals) requests"
tail -n +2 err
