# On a pipe nobody knows how much is to come until it has come.
sim && term 120 && keys "(seq 1000 1399; sleep 1) | mqstat -r 200 -o out.csv; echo status \$?" Enter
wait_screen '^[0-9]* rows after [0-9]* s, [0-9]* online, [0-9]* offline, [0-9]* requests, [0-9]*/s of 200/s *$' && wait_screen '^status 0'
