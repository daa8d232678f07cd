# While the run goes on, rows are synced each second, beside the loop's thread.
sim && ids 120 >ids.txt
status strace -f -qq -o trace -e trace=fdatasync,fsync,rename,renameat,renameat2 mqstat -r 50 -o o.csv ids.txt && rows o.csv
awk '/fdatasync\(/ { n[$1]++ } END { for (thread in n) print(n[thread] >= 4) }' trace | sort && tail -n 3 trace | sed 's/^[0-9]* *//; s/(.*//'
