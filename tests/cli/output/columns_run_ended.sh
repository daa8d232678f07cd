# Rows that were sent when the run ended, and rows that were not.
sim
printf 'A1\n.\nA2\nA1\nA3\n' >a.txt && echo wrong >password && chmod 600 password
status mqstat -q --password-file password a.txt
status mqstat -q --max-queries 1 a.txt
status mqstat -q -t ndjson --max-queries 1 a.txt
