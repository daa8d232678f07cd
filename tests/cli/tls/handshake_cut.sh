# An outage, no matter of certificates: asked again, answered.
echo 'conn=2 accept=rst
conn=3 accept=close
on=5 close' >cuts
sim --tls --tls-ca-out ca.pem --scenario cuts
ids 30 | mqstat --cacert ca.pem --rate 50 -j 1 | cut -d, -f2-4 | sort | uniq -c
