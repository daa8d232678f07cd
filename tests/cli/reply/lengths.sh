# What is promised and what comes; good ones in between: no outage.
printf '%s\n' 'id=hangs length=+5' 'id=cut length=+5 close' 'id=short length=-3' \
    'id=zero length=0' 'id=none length=none' 'id=huge header="Content-Length: 99999999999999999999"' \
    'id=word header="Content-Length: x"' 'id=negative header="Content-Length: -1"' >lies
sim --online 0 --scenario lies
{ echo good; sed 's/^id=\([^ ]*\).*/\1\nbehind-\1/' lies; } >ids.txt
status mqstat -j 1 --timeout 300ms --retries 0 ids.txt | cut -d, -f1-5
