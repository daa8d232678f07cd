# The shared rate's file is another user's: refused before any request.
[ "$(id -u)" -eq 0 ] || skip "only root can give a file away"
export XDG_RUNTIME_DIR=$PWD && sim
ids 3 | mqstat --rate-group g >out.csv && chown 1 mqstat-g
ids 3 | status mqstat --rate-group g && sim_end && arrivals
