# A report of each kind of end is well-formed and says so.
sim && kind() { xmllint --noout r.html && sed -n 's/.*<p class="kind">\([^<]*\).*/\1/p' r.html; }
ids 3 >ids.txt && mqstat --report r.html ids.txt >out.csv && kind && mqstat --report r.html /dev/null >out.csv && kind
status mqstat -q --max-queries 1 --report r.html ids.txt >out.csv && kind && MQSTAT_PASSWORD=x status mqstat -q --report r.html ids.txt >out.csv && kind
{ mqstat -q --report r.html ids.txt >/dev/full || true; } && kind && { mqstat --report r.html ids.txt || true; } 2>err | true && wait_for xmllint --noout r.html
