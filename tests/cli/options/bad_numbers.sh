# Numbers are digits with a unit, in range; nothing else.
# limit: 60
bad() { for value in 1e9 -1 ' 5' 0x10 18446744073709551616 '' +5 5. .5 1,5 inf nan '5 ' 5x ٣ 99999999999999999999s; do mqstat $1 "$value" --print-config >/dev/null && echo "$1 '$value' is taken" || :; done 2>&1 | sed "s/'.*' /'' /" | sort | uniq -c; }
for option in --rate --max-rate -j --retries --retry-budget --max-queries --timeout --connect-timeout --deadline --give-up-after; do bad $option; done
