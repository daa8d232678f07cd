# Of an option, and of a pair, the last one counts.
show() { mqstat "$@" --print-config | grep -e command | tr '\n' ' '; echo; }
show -r 5 -r 6 -r auto && show -r auto -r 7 && show -q -v && show -v -q && show --header --no-header && show --no-header --header
