# MQSTAT_PASSWORD: empty is none; a line end in it is refused.
sim
echo A1 >a.txt && mqstat a.txt | rows && MQSTAT_PASSWORD=wrong status mqstat -q a.txt | tail -2
MQSTAT_PASSWORD= status mqstat a.txt && MQSTAT_PASSWORD=$'secret0\n' status mqstat a.txt
env -u MQSTAT_PASSWORD MQSTAT_PASSWORD_FILE=missing mqstat a.txt 2>&1 || sim_end && arrivals
