# --netrc: the entry of the endpoint's host, user and password, or either.
sim
export -n MQSTAT_USER MQSTAT_PASSWORD && echo A1 >a.txt && umask 077
printf 'machine other login user0 password x\n# machine 127.0.0.1\nmachine 127.0.0.1\n\tlogin user1 password y\nmachine 127.0.0.1 login user0 password "secret0"\nmachine bare login user0 password secret0\n' >n
status mqstat -q --netrc=n a.txt | tail -1; mqstat -u user0 --netrc=n a.txt | rows
echo 'default login user0 password secret0' | tee .netrc >default && mqstat --netrc a.txt | rows && mqstat --netrc=default a.txt | rows && HOME=/nowhere status mqstat --netrc a.txt
MQSTAT_PASSWORD=secret0 mqstat -u user0 --netrc=missing a.txt | rows && MQSTAT_PASSWORD=wrong status mqstat -q --netrc=default a.txt | tail -1
