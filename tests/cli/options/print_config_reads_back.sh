# What it prints are values that the options take.
set -- --rate=0.5 --timeout=1ms --deadline=36h --retry-budget=12.5% --netrc --delimiter=tab --output-mode=0600 --shard=3/7 -j auto --max-rate=7/h
mqstat "$@" --print-config | grep -v -e default -e environment -e '= no ' >1 && wc -l <1
sed 's/ *# .*//; s/ = yes$//; s/ = /=/; s/^/--/' 1 | xargs -d '\n' sh -c 'exec mqstat "$@" --print-config' sh | grep -v -e default -e environment -e '= no ' | diff 1 -
