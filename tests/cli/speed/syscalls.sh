# poll, sendto, recvfrom, poll: more means that sockets are watched anew for
# each query (lazy epoll), or that time-outs go through the loop (kick).
sim
ids 2000 >ids
strace -f -c -U calls,name -o calls mqstat -q --rate 1M -j 10 ids >out.csv
rows out.csv
awk '$2 == "total" && $1 > 2000 * 4.5 + 2500 { print $1, "system calls" }
    $2 == "epoll_ctl" && $1 > 100 { print $1, "calls of epoll_ctl" }
    $2 ~ /^epoll_p?wait$/ && $1 > 2500 { print $1, "waits" }' calls
