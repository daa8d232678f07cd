# What stands in the crontab works, and says nothing when all is well.
sim && mkdir -p .config/mqstat && echo secret0 >password && chmod 600 password && sed 1d "$TESTS/../samples/ids.txt" >fleet.csv
sed "s|https://mqtt.example.com|$url|; s|/etc/mqstat/|$PWD/|" "$TESTS/../samples/config" >.config/mqstat/config
sed -nE 's/^[0-9]+ [0-9]+ \* \* \* //p' "$TESTS/../samples/crontab" >line && unset MQSTAT_PASSWORD MQSTAT_ENDPOINT MQSTAT_USER MQSTAT_CONFIG
status sh -e line && sed -n "s/^PATH=//p" "$TESTS/../samples/crontab" | tr : "\n" && rows status.csv && grep -c . line
