# An endless line takes no memory. (What ASan keeps is not ours.)
sim
export ASAN_OPTIONS=quarantine_size_mb=1:$ASAN_OPTIONS
{ echo A1 && head -c 200000000 /dev/zero | tr '\0' y && printf '\nA2\n'; } |
    status command time -f %M -o rss mqstat -q -t ndjson
[ "$(tail -1 rss)" -lt 60000 ] || cat rss
