# NUL and bad UTF-8 are bad ids; U+FEFF and other characters stay.
sim
printf 'A\0001\nA\3772\nA\355\240\2003\nA\300\2574\nA\364\220\200\2005\nA\303\n' >a.txt
printf 'ok\357\273\277\nok\342\200\256\nok\302\233\nok\033[2J\n' >>a.txt
status mqstat -q a.txt | cat -v && sim_end && awk '!/^#/ { print $4 }' arrivals
