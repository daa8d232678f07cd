# A FIFO and a process substitution are files, too; read once.
sim
export -n MQSTAT_PASSWORD && mkfifo f && echo A1 >a.txt
{ echo secret0 >f; } &
mqstat --password-file f a.txt | rows && wait $!
mqstat --password-file <(echo secret0) a.txt | rows
