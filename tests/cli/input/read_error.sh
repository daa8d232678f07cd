# A read error ends the run; what came before it is written.
sim
ids 30000 >a.txt && export ASAN_OPTIONS=detect_leaks=0:$ASAN_OPTIONS
status strace -f -qq -o trace -P $PWD/a.txt -e inject=read:error=EIO:when=3 mqstat -r 1M a.txt >out.csv 2>err
sed 's/: [1-9][0-9,]* online.*/: .../' err && sed '$!d' out.csv && rows out.csv
status mqstat /proc/self/mem
