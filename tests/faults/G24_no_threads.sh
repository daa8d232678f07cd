# A thread cannot be started: the syncing one ends the run before anything is
# sent, the resolver's is an outage that is said.
sim && ids 3 >a.txt
status faulty pthread_create:1+:EAGAIN mqstat -o o.csv a.txt && ls o.csv* 2>/dev/null || :
status faulty pthread_create:1+:EAGAIN mqstat -e https://mqtt.example --give-up-after 1ms a.txt 2>&1 | grep -o -e 'cannot be reached: .* start' -e 'status .'
sim_end && arrivals
