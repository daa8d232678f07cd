# --not-found offline: a 404 is an answer.
sim --unknown-file <(echo A2)
printf 'A1\nA2\n' >a.txt && status mqstat -q a.txt && status mqstat -q --not-found offline a.txt
status mqstat -q --not-found error a.txt
