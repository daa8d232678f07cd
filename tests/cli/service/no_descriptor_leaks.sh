# A connection that failed leaves no descriptor behind: many more fail than
# may be open, and none is ever wanting.
# limit: 60
printf 'every=2 accept=rst\nclose\n' >half && sim --scenario half --log-connections
(ulimit -n 32 && ids 90 | mqstat -v -r 1k --retries 40 --retry-budget 100% 2>err | rows) && sim_end
[ "$(grep -c CONNECT arrivals)" -gt 120 ] || grep -c CONNECT arrivals
grep -e 'no descriptor' -e 'open files' err || echo "none wanting"
