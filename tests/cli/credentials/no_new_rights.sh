# From the start no program that is run gets more rights; and none is run:
# strace sees the test's script and the program itself, and no fork.
sim
mkfifo in
mqstat in >out &
exec 9>in && echo A1 >&9 && wait_line ^A1 out && grep NoNewPrivs /proc/$!/status && exec 9>&- && wait $!
ids 20 | strace -f -e trace=execve,execveat,fork,vfork -o calls mqstat -r 1k -e "${url/127.0.0.1/localhost}" | rows
grep -c -e exec -e fork calls
