# A secrets file that others can read gets a warning; 0600 and 0400 do not.
sim
export -n MQSTAT_PASSWORD && echo secret0 >f && echo A1 >a.txt
for mode in 600 400 640 604 644 666 620; do chmod $mode f && mqstat --password-file f -o o.csv a.txt; done
chmod 644 f && mqstat -q --password-file f -o o.csv a.txt
