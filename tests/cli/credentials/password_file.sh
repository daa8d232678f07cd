# --password-file: one line end is dropped; nobody is told anything.
sim
export -n MQSTAT_PASSWORD && printf 'secret0\n' >lf && printf secret0 >none && chmod 600 lf none && ln -s lf link
for file in lf none ./link; do echo A1 | mqstat --password-file $file | rows; done
echo wrong >wrong && chmod 600 wrong && echo A1 | MQSTAT_PASSWORD=secret0 status mqstat -q --password-file wrong | tail -1
MQSTAT_PASSWORD_FILE=lf mqstat <(ids 1) | rows
