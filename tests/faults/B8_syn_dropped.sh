# Nobody answers a SYN, from the start: time-out of the connection, given up.
# libcurl has two ways to say so, by which of its timers is first.
own_network && sim && filter "tcp dport ${url##*:} tcp flags syn drop"
ids 4 | status mqstat --connect-timeout 300ms --give-up-after 1s 2>err | cut -d, -f1-4
sim_end && arrivals && grep -o 'ended early[^;]*' err | sed -E 's/(Failed to connect to|Connection timeout after) .*/no connection/'
