# What is no settings file: lines, bytes, lengths, files that cannot be read; a missing default file is none.
try() { status mqstat --config "$1" x; }
printf 'rate = 5\nrate\n' >c && try c; printf 'a b = c\n' >c && try c; printf 'rate = 5\0 6' >c && try c; printf 'rate = 5\n\0' >c && try c; printf '\xff\xfer\0a\0' >c && try c; printf 'rate = 5\rtrim = 1\r' >c && try c
printf 'keep = %065600d\n' 0 >c && try c; printf 'endpoint = https://\033[2J\n\e[2J = 1\n' >c && try c
try . && try nowhere && try '' && try c/c; try /dev/zero
unset MQSTAT_CONFIG; mkdir -p .config/mqstat && echo 'rate = 1' >.config/mqstat/config && chmod 0 .config/mqstat/config && status as_nobody mqstat x; chmod 644 .config/mqstat/config
rm .config/mqstat/config && status mqstat x; (HOME= && status mqstat x; HOME=/dev/null && status mqstat x)
