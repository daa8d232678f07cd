# No core dump, and other users' processes cannot read ours.
sim
mkfifo in && ulimit -c unlimited && export ASAN_OPTIONS=handle_segv=0:$ASAN_OPTIONS
mqstat in -o o.csv &
exec 9>in && echo A1 >&9 && wait_line ^A1, o.csv.partial && awk '/Max core/ { print $5, $6 }' /proc/$!/limits && stat -c %U /proc/$!/environ
kill -SEGV $! && { wait $! || echo "status $?"; } 2>/dev/null; ls
