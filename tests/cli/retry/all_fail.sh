# From the first row on: single probes, few of them, then it gives up. Which
# rows they are asked with is chance.
echo 'status=503' >bad
sim --scenario bad
ids 500 | status mqstat --rate 200 --give-up-after 2s 2>err | cut -d, -f3-4 | sort | uniq -c | sed 's/49[78]/498/; s/ 3 server/ 2 server/'
sim_end
[ "$(arrivals)" -eq 3 ] || echo "$(arrivals) requests"
tail -n +2 err | sed 's/49[78]/498/; s/ 3 server/ 2 server/'
