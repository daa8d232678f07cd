# A byte each 100 ms; the head at once and the body never; no reply at all.
printf '%s\n' 'id=drip drip=100ms' 'id=hang hang' 'id=late delay=2s' \
    'id=body raw="HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n"' \
    'id=half raw="HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"online\":"' >slow
sim --scenario slow
{ ids 1; sed 's/^id=\([^ ]*\).*/\1\nbehind-\1/' slow; } >ids.txt
status mqstat -j 1 --timeout 400ms --retries 0 ids.txt | cut -d, -f1,3-5
