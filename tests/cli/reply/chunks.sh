printf '%s\n' 'id=good chunked' 'id=size chunk-bad=size' 'id=final chunk-bad=final close' \
    'id=extension chunk-bad=extension' 'id=hangs chunk-bad=final' \
    'id=sign raw="HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-10\r\n{\"online\":false}\r\n0\r\n\r\n"' \
    'id=huge raw="HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}"' >bad
sim --online 0 --scenario bad
sed 's/^id=\([^ ]*\).*/\1/' bad | status mqstat --timeout 300ms --retries 0 | cut -d, -f1-5
