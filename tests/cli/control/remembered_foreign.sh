# A file that is not ours is ignored with a note, and the run goes on.
export XDG_STATE_HOME=$PWD/state && mkdir -p state/mqstat && sim
file=state/mqstat/rate-$(echo "$url" | sed 's/[^a-zA-Z0-9.-]/_/g')-user0
for text in garbage "mqstat-rate nan 1 $url user0" "mqstat-rate 500 99999999999 $url other"; do
    echo "$text" >"$file" && ids 3 | mqstat -v --rate auto 2>&1 >out.csv | grep -c 'remembered rate'
done
