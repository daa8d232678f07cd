# The password is in no argument, no environment, no output, no message,
# in clear or in base64, while it runs and after.
(umask 077 && echo canary0 >f) && mkfifo in && sim --user canaryuser --password-file f
MQSTAT_USER=canaryuser MQSTAT_PASSWORD=canary0 mqstat -v in -o o.csv --line-numbers 2>err &
exec 9>in && echo A1 >&9 && wait_line ^A1, o.csv.partial && tr '\0' '\n' <"/proc/$!/environ" >seen && cat "/proc/$!/cmdline" >>seen
[ "$(grep -c MQSTAT_ENDPOINT seen)" -eq 1 ] && kill -USR1 $! && wait_line after err && exec 9>&- && wait $!
MQSTAT_USER=canaryuser MQSTAT_PASSWORD=canary0 mqstat --print-config >config && MQSTAT_USER=canaryuser MQSTAT_PASSWORD=canary0 mqstat -t ndjson -v <(ids 2) >o2 2>>err
grep -c -a -e canary0 -e "$(printf canaryuser:canary0 | base64)" seen err o.csv o2 config || :
