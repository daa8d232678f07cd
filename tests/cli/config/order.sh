# Option before environment before profile before file; the user's file before the system's is test_config.c's.
unset MQSTAT_CONFIG; export XDG_CONFIG_HOME=$PWD/xdg; mkdir -p xdg/mqstat .config/mqstat
printf 'rate = 1\nretries = 1\ntimeout = 1\nquiet = yes\n[profile lab]\nrate = 2\nretries = 2\ntimeout = 2\n[profile lab2]\nrate = 9\n' >xdg/mqstat/config
show() { mqstat "$@" --print-config | grep -e "^rate " -e ^retries -e ^timeout -e ^quiet -e ^verbose -e ^prof; }
MQSTAT_RETRIES=3 show --profile lab --rate 4 -v && MQSTAT_PROFILE=lab show --profile lab2 && show
rate() { mqstat "$@" --print-config | grep '^rate '; }
echo 'rate = 7' >.config/mqstat/config; (unset XDG_CONFIG_HOME && rate); XDG_CONFIG_HOME=rel rate; XDG_CONFIG_HOME= rate; MQSTAT_CONFIG=/dev/null rate
MQSTAT_CONFIG=xdg/mqstat/config rate && MQSTAT_CONFIG=x rate --config .config/mqstat/config
