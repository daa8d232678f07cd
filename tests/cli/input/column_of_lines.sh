# Lines have no columns.
sim
echo A1 >a.txt
status mqstat -c vin a.txt && status mqstat -k model a.txt
