# Another host or user, no entry, no file, no quotes' end, a NUL, 0644.
sim
export -n MQSTAT_USER MQSTAT_PASSWORD && echo A1 >a.txt && umask 077
echo 'machine h login user0 password secret0' >host && echo 'machine 127.0.0.1 login user0' >half && : >empty && printf '\nmachine 127.0.0.1 login "user0\n' >quote && printf 'machine\0' >nul && echo 'default login u:x password secret0' >colon
for file in host half empty missing quote nul colon; do status mqstat --netrc=$file a.txt; done; echo 'default login user0 password secret0' >n && status mqstat -u user1 --netrc=n a.txt
chmod 644 n && mqstat --netrc=n a.txt && status mqstat a.txt
