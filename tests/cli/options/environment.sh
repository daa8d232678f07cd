# MQSTAT_<OPTION>: switches take 1, yes, true and 0, no, false; "" is none.
show() { env "$@" mqstat --print-config | grep environment | tr '\n' ' '; echo; }
show MQSTAT_RATE=7 MQSTAT_PASSWORD_FILE=x MQSTAT_GIVE_UP_AFTER=1m MQSTAT_OUTPUT=- MQSTAT_LINE_NUMBERS=TRUE MQSTAT_NO_DEDUP=1 MQSTAT_TRIM=yes
show MQSTAT_RATE= MQSTAT_LINE_NUMBERS=false MQSTAT_NO_DEDUP=0 MQSTAT_TRIM=No
show MQSTAT_NETRC=yes; show MQSTAT_NETRC=no; show MQSTAT_NETRC=my; show MQSTAT_NO_HEADER=1; show MQSTAT_HEADER=1 MQSTAT_QUIET=1
for variable in MQSTAT_RATE=x MQSTAT_TRIM=maybe MQSTAT_FROM=xml MQSTAT_HELP=1 MQSTAT_VERSION=1 MQSTAT_PRINT_CONFIG=1 mqstat_rate=x; do status env $variable mqstat -e http://h; done
