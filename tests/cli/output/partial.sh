# Rows go to FILE.partial, which becomes FILE when the run is over.
sim
mkfifo in && echo old >o.csv
mqstat -o o.csv in &
exec 9>in && echo A1 >&9 && wait_line ^A1, o.csv.partial && cat o.csv && ls o.csv*
echo A2 >&9 && exec 9>&- && wait $! && ls o.csv* && cat o.csv
