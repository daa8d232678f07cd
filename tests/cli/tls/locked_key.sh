# A key with a pass-phrase: refused at once, nobody is asked for it.
sim --tls --tls-ca-out ca.pem
openssl req -x509 -newkey rsa:2048 -passout pass:x -keyout my.key -out my.pem -days 2 \
    -subj /CN=my 2>/dev/null
ids 2 | status mqstat --cacert ca.pem --cert my.pem --key my.key 2>err
grep -c -e my.key err
