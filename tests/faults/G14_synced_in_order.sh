# A power cut between any two calls leaves the old file or the whole new one:
# the rows are on the disk before the name, and the name before the end.
sim && ids 20 >a.txt
strace -f -e trace=fdatasync,rename,fsync -o calls mqstat -r 1M -o o.csv a.txt
sed -E 's/^[0-9]+ +//; s/\([0-9]+\)/(N)/; /resumed|exited|---/d; s/ <unfinished.*//; s/ += 0//' calls | uniq
