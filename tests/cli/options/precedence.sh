# Option before environment before default; a value that loses is not read.
show() { mqstat "$@" --print-config | grep -e ^rate -e ^header -e ^no-header -e ^quiet; }
MQSTAT_RATE=7 MQSTAT_NO_HEADER=1 show -r 5 --header && MQSTAT_RATE=7 MQSTAT_VERBOSE=1 show && show -q
MQSTAT_RATE=nonsense show -r 5 | head -1
