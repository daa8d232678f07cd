# The units are what systemd takes, and what they run works.
sim && dir=$TESTS/../samples && sed "s|^ExecStart=mqstat |ExecStart=$(command -v mqstat) |" "$dir/mqstat@.service" >mqstat@.service && cp "$dir/mqstat@.timer" .
systemd-analyze --man=no verify ./mqstat@.service ./mqstat@.timer
systemd-analyze security --offline=yes --threshold=20 ./mqstat@.service >/dev/null
mkdir -p mqstat/production && cp "$dir/fleet.csv" production.csv && sed "s|https://mqtt.example.com|$url|; /password-file/d" "$dir/config" >config
echo secret0 >mqstat-password && chmod 600 mqstat-password && sed -n ':a; /\\$/ { N; s/\\\n//; ba }; s/^ExecStart=//p' mqstat@.service >line
sed -i "s|/etc/mqstat|$PWD|; s|%S|$PWD|; s|%i|production|g" line && unset MQSTAT_PASSWORD MQSTAT_ENDPOINT MQSTAT_USER
CREDENTIALS_DIRECTORY=. STATE_DIRECTORY=. MQSTAT_CONFIG=config status sh -e line && rows mqstat/production/status.csv
