# A file of another user that others can read is refused. (Only root can
# make one.)
[ "$(id -u)" -eq 0 ] || skip "only root can give a file away"
sim
export -n MQSTAT_PASSWORD && echo secret0 >f && chmod 644 f && echo A1 >a.txt && chown 1 f
status mqstat --password-file f a.txt && sim_end && arrivals
