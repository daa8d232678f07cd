# Everything on one page; also after other words, also without a login.
mqstat --help
mqstat -h | cmp - <(mqstat --help) && mqstat -q --help --nonsense | cmp - <(mqstat --help)
MQSTAT_RATE=x mqstat -r 5 -h | cmp - <(mqstat --help)
