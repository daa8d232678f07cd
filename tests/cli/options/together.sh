# Options that do not go together, or lack another.
echo A1 >a.txt
status mqstat a.txt && status mqstat -e http://127.0.0.1:1 a.txt && status mqstat -e http://127.0.0.1:1 -u u a.txt
status mqstat -e http://h --key k a.txt && status mqstat -e http://h --max-rate 5 a.txt && MQSTAT_MAX_RATE=5 status mqstat -e http://h a.txt
status mqstat -e http://h -u u --password-file - && status mqstat -e http://h -u u --password-file - - a.txt
