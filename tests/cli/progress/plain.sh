# limit: 60
# A plain line each 30 s: TERM=dumb, -v without a terminal, always; no escapes.
sim --latency 32s && echo a >ids.txt && export MQSTAT_TIMEOUT=40s
each() { "$@" & all="${all-} $!"; }
each on_tty 'TERM=dumb mqstat -o 1.csv ids.txt' >dumb && each mqstat -v -o 2.csv ids.txt 2>verbose
each mqstat --progress always -o 3.csv ids.txt 2>always && each mqstat -v --progress never -o 4.csv ids.txt 2>never
each mqstat --progress always -q -o 5.csv ids.txt 2>quiet && each mqstat -o 6.csv ids.txt 2>auto && wait $all
tail -n +1 dumb verbose always never quiet auto | tr -d '\r' | sed -E 's/[0-9.]+(\/min| s;| per|, )/N\1/g'
