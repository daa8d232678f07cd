start='close raw="HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
printf '%s\n' 'id=good chunked' 'id=size chunk-bad=size' 'id=final chunk-bad=final close' \
    'id=extension chunk-bad=extension' 'id=hangs chunk-bad=final' "id=none ${start}\"" \
    "id=sign ${start}-10\r\n{\\\"online\\\":false}\r\n0\r\n\r\n\"" \
    "id=huge ${start}fffffffffffffffff\r\n{}\"" >bad
sim --online 0 --scenario bad
{ echo first; sed 's/^id=\([^ ]*\).*/\1\nbehind-\1/' bad; } >ids.txt
status mqstat -j 1 --timeout 300ms --retries 0 ids.txt | cut -d, -f1-5
