# Without -c the one known name, in upper or lower case.
sim
for name in client_id Client-ID CLIENTID clientId vin VIN id iD; do
    printf 'n,%s\n1,A1\n' $name >a.csv
    echo "$name $(mqstat a.csv | sed -n 's/,.*//; 2p')"
done
