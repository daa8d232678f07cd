# A sync that fails under way ends the run (3); the rows stay, to go on with.
sim && ids 300 >ids.txt && export ASAN_OPTIONS=detect_leaks=0:$ASAN_OPTIONS
status strace -f -qq -o trace -e inject=fdatasync:error=EIO:when=2 mqstat -r 100 -o o.csv ids.txt 2>err && grep -v request err
[ "$(rows o.csv.partial)" -ge 50 ] && [ "$(arrivals)" -lt 250 ] && status mqstat -r 1k --resume -o o.csv ids.txt && rows o.csv
status strace -f -qq -o trace -e inject=fdatasync:error=EINVAL mqstat -r 1k -o o.csv ids.txt
