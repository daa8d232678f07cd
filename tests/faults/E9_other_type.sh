# A right body of another type counts, which -v notes once.
echo 'header="Content-Type: text/html"' >type && sim --scenario type
ids 5 | mqstat -v 2>err | cut -d, -f3-4 | sort | uniq -c
grep -c 'calls its answers text/html' err
