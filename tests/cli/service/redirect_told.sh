# Once, however many there are, when it is asked for.
echo 'status=302 header="Location: https://127.0.0.1:9/"' >redirects
sim --scenario redirects
ids 5 | status mqstat -v -o out.csv 2>err
grep -c 'redirect' err
