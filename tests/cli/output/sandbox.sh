# Files change only where the output and what is remembered are: a
# directory that takes the state's place while the run goes on is another.
# limit: 60
export XDG_STATE_HOME=$PWD/state && mkdir results && ids 2500 >a.txt
for how in '' --no-sandbox; do
    sim --quota 300 && rm -rf state && mkdir -p state/mqstat && { mqstat $how -v --rate auto -o results/o.csv a.txt 2>err & }
    wait_arrivals 1500 && mv state/mqstat state/old && mkdir state/mqstat && wait $! && rows results/o.csv && sim_end
    grep -q 'sandbox: none' err && skip "this kernel has no Landlock"
    sed -n 's/^mqstat: sandbox: \([^0-9]*\).*/\1/p; s/.*remembered in.*: /not remembered: /p' err && ls state/mqstat | wc -l
done
