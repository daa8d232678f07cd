# Waiting for input saves up no right to a burst afterwards.
sim
mkfifo in
mqstat -r 50 in >out.csv &
exec 9>in && echo A0 >&9 && wait_arrivals 1 && sleep 1 && ids 100 >&9 && exec 9>&- && wait $!
sim_end && within_rate 50 && rows out.csv
