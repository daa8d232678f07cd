# No thread may be started: said before anything is sent.
sim && chmod 777 . && echo A1 >a.txt
as_nobody prlimit --nproc=1:1 env true 2>err || skip "no limit of processes here: $(cat err)"
export ASAN_OPTIONS=detect_leaks=0 # which needs a thread, too
status as_nobody prlimit --nproc=1:1 mqstat -o o.csv a.txt && status as_nobody prlimit --nproc=1:1 mqstat a.txt
ls o.csv* 2>/dev/null || sim_end && arrivals
