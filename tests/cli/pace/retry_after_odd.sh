# Nothing that can be obeyed: asked again soon.
n=0 && for when in -5 soon '' 0 1.5 '1 2' 0x10 '+1' 'Thu, 01 Jan 1970 00:00:00 GMT' 'Mon, 99 Foo 2030 00:00:00 GMT'; do
    echo "n=$((++n * 7)) status=429 header=\"Retry-After: $when\""
done >odd
echo 'n=90 status=429 header="Retry-After: 50" header="Retry-After: 40"' >>odd && sim --scenario odd
ids 100 | mqstat --rate 100 2>err | cut -d, -f3-4 | sort | uniq -c
sim_end && awk '$5 == 429 { at[$4] = $1; next } $4 in at && $1 - at[$4] > 1e9 { print $4, $1 - at[$4] }' arrivals
