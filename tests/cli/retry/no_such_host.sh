# A name that cannot be (a label over 63 bytes, so nobody is asked).
export MQSTAT_USER=u MQSTAT_PASSWORD=p && label=$(printf 'x%.0s' {1..64})
ids 4 | status mqstat -e "https://$label.invalid" 2>err | cut -d, -f1-5
grep -c "$label" err
[ "$SECONDS" -le 3 ] || echo "$SECONDS s"
