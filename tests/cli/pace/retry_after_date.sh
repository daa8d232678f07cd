# The server's clock is years off: its own Date counts; three date forms.
n=0 date='header="Date: Sun, 06 Nov 1994 08:49:37 GMT"'
for when in 'Sun, 06 Nov 1994 08:49:38 GMT' 'Sunday, 06-Nov-94 08:49:38 GMT' 'Sun Nov  6 08:49:38 1994'; do
    echo "n=$((++n * 5)) status=429 $date header=\"Retry-After: $when\""
done >waits && sim --scenario waits
ids 30 | mqstat --rate 100 2>err | cut -d, -f5 | sort | uniq -c
sim_end && awk '$5 == 429 { at[$4] = $1; next } $4 in at && ($1 - at[$4] < 1e9 || $1 - at[$4] > 1.3e9) {
    print $4, $1 - at[$4] }' arrivals
