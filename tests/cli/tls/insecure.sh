for fault in none expired future wrong-name self-signed; do
    sim --tls-fault $fault
    ids 1 $fault | mqstat --insecure | cut -d, -f1,3-5
done
