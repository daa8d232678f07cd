# A run that ends early leaves the partial with the rows that are done, and
# FILE as it was; where no row was written there is no partial.
sim
mkfifo in && echo old >o.csv
mqstat -o o.csv in 2>err &
exec 9>in && echo A1 >&9 && wait_line ^A1, o.csv.partial && kill -TERM $! && { wait $! || echo "status $?"; }
tail -1 err && cat o.csv o.csv.partial && rm o.csv.partial && echo x >wrong && chmod 600 wrong
status mqstat -q --password-file wrong -o o.csv <(ids 3) && ls o.csv*
