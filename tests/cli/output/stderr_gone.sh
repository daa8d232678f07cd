# What cannot be said on stderr does not change the results.
sim
printf 'A1\n\nA2\n' >a.txt
status mqstat -v a.txt 2>/dev/full && { mqstat -v a.txt 2>&- || echo "status $?"; }
