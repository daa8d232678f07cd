# The partial's name is another file's, or nobody's, however often it is
# opened: given up, and nothing is sent.
sim && ids 3 >a.txt
status strace -qq -o calls -P "$PWD/o.csv.partial" -e trace=%stat,%fstat -e inject=%stat,%fstat:error=ENOENT mqstat -o o.csv a.txt
sim_end && arrivals
