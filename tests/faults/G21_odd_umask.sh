# No umask hinders the run itself; what it remembers is private.
sim --quota 300 && ids 1800 >a.txt
for mask in 000 077 777; do (umask $mask && ids 20 | mqstat -r 100 -o o.$mask) && stat -c "$mask %a" o.$mask; done
(umask 000 && XDG_STATE_HOME=$PWD exec mqstat -r auto -q -o p.csv a.txt) && stat -c %a p.csv mqstat mqstat/rate-*
