# Without permission to read the secret nothing is sent.
sim
export -n MQSTAT_PASSWORD && echo secret0 >f && chmod 600 f && chmod 755 . && echo A1 >a.txt && chmod 644 a.txt
[ "$(id -u)" -eq 0 ] || chmod 0 f
status as_nobody mqstat --password-file f a.txt && sim_end && arrivals
