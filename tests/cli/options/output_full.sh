# What is printed instead of an audit is checked, too.
status sh -c 'exec mqstat --help >/dev/full'
status sh -c 'exec mqstat -V >/dev/full'
status sh -c 'exec mqstat --print-config >/dev/full'
status sh -c 'exec mqstat -h >&-'
