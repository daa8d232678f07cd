# Without /proc and /sys, and with getrandom(2) that fails: it runs.
no_sanitizer && sim && ids 3 >a.txt && export -f ids status rows
unshare -rm bash -eu -c 'mount -t tmpfs none /sys && mount -t tmpfs none /proc && mqstat -r 1k a.txt | wc -l' || skip "this machine lets nobody mount"
faulty getrandom:1+:ENOSYS mqstat -r 1k a.txt | rows
