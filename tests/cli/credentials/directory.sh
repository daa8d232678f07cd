# $CREDENTIALS_DIRECTORY/mqstat-password, after the other two, no warning.
sim
mkdir d && echo secret0 >d/mqstat-password && chmod 440 d/mqstat-password && echo A1 >a.txt && export CREDENTIALS_DIRECTORY=$PWD/d
env -u MQSTAT_PASSWORD mqstat a.txt | rows && MQSTAT_PASSWORD=wrong status mqstat -q a.txt | tail -1
export -n MQSTAT_PASSWORD && rm d/mqstat-password && status mqstat a.txt && : >d/mqstat-password && status mqstat a.txt
CREDENTIALS_DIRECTORY= status mqstat a.txt
