# Each reply ends its connection; the authorities are parsed once all the same.
echo close >close
sim --tls --tls-ca-out ca.pem --scenario close --log-connections
ids 12 >ids
strace -f -e trace=openat,open -o opened mqstat --cacert ca.pem -j 2 ids >out.csv
sim_end
echo "$(rows out.csv) rows, $(grep -c CONNECT arrivals) connections," \
    "ca.pem opened $(grep -c 'ca\.pem' opened) times"
