printf '%s\n' 'id=http09 close raw="{\"online\":false}"' 'id=empty close raw=""' \
    'id=http2 close raw="\x00\x00\x12\x04\x00\x00\x00\x00\x00"' \
    'id=tls close raw="\x15\x03\x03\x00\x02\x02\x28"' 'id=ssh close raw="SSH-2.0-OpenSSH_9.2\r\n"' \
    'id=smtp close raw="220 mail ESMTP\r\n"' 'id=version close raw="HTTP/9.9 200 OK\r\n\r\n"' \
    'id=status close raw="HTTP/1.1 2x0 OK\r\n\r\n"' 'id=feeds close raw="\r\n\r\n\r\n"' >odd
sim --scenario odd
sed 's/^id=\([^ ]*\).*/\1\nbehind-\1/' odd | status mqstat -j 1 --retries 0 --rate 1000 >out.csv
grep -v ^behind out.csv | cut -d, -f1-5
