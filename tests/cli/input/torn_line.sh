# Half a line on a pipe waits for its rest.
sim
mkfifo in
mqstat -t ndjson in >out &
exec 9>in && printf 'A1\nA' >&9 && wait_arrivals 1 && printf '2\nA3' >&9 && wait_arrivals 2 && exec 9>&- && wait $!
jq -r .client_id out
