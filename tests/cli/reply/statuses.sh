# Each is what the contract says, in one try; the good one ends well. A 408 may
# be of a connection that was idle, so it is asked once more on a fresh one.
for code in 201 202 204 206 300 304 400 402 404 405 406 408 409 410 414 418 451 600 999; do
    echo "id=s$code status=$code"
done >codes; echo 'id=body404 status=404 body="{\"online\":true}"
id=body403 status=403 body="{\"online\":true}"' >>codes
sim --scenario codes
{ echo first; sed 's/^id=\([^ ]*\).*/\1/' codes; echo last; } |
    status mqstat -j 1 --rate 1000 --timeout 2s | cut -d, -f1,3-5
