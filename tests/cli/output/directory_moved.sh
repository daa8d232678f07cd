# The target's directory goes away meanwhile: the rows stay, exit 3.
sim
mkdir d && mkfifo in
mqstat -o d/o.csv in 2>err &
exec 9>in && echo A1 >&9 && wait_line ^A1, d/o.csv.partial && mv d e && exec 9>&- && { wait $! || echo "status $?"; }
sed 1q err && cat e/o.csv.partial
