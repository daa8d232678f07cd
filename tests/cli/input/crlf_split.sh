# A CR that ends what the pipe holds waits for its LF.
sim
mkfifo in
mqstat -c vin --line-numbers -f csv in >out &
exec 9>in && printf 'vin\r\nA1\r' >&9 && sleep 0.1 && printf '\nA2\r' >&9 && wait_arrivals 1
printf 'A3\r' >&9 && wait_arrivals 2 && printf '\nA4' >&9 && exec 9>&- && wait $! && cut -d, -f 1,8 out
