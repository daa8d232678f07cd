# What is promised and what comes; timeouts are of the rows that hang.
printf '%s\n' 'id=hangs length=+5' 'id=cut length=+5 close' 'id=short length=-3' \
    'id=zero length=0' 'id=none length=none' 'id=huge length=99999999999999999999' \
    'id=not-a-number header="Content-Length: x"' 'id=negative header="Content-Length: -1"' \
    'id=two header="Content-Length: 16" header="Content-Length: 17"' >lies 2>&1
sed -i '/99999999999999999999/s/length=[9]*/header="Content-Length: &"/; s/: length=/: /' lies
sim --online 0 --scenario lies
sed 's/^id=\([^ ]*\).*/\1/' lies | status mqstat --timeout 300ms --retries 0 | cut -d, -f1-5
