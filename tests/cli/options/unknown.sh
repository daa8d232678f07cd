# An option that does not exist: the nearest name, exit 2.
for option in --colum --rats --no-heder --conect-timeout --cacrt --Rate --xyzzy --output-file --help-me --dedup --no-trim --kepe=a -x -Z -qx --p --pass --password --passwd=canary --password-fil --token -p; do status mqstat $option 2>&1; done
status mqstat --$'\033[2J' && status mqstat --$(printf %0200d 0) && status mqstat -- --help
