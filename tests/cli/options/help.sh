# Everything on one page; also after other words, also without a login.
mqstat --help
mqstat -h | cmp - <(mqstat --help) && mqstat --rate x1 --help 2>&1 | head -1 || :
mqstat -q --help --nonsense | cmp - <(mqstat --help) && MQSTAT_RATE=x mqstat -h | cmp - <(mqstat --help)
