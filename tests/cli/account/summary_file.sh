# The file is new and whole at once, by umask, through a link; or a device.
sim && mkdir d && umask 027 && echo old >d/s.json && ln d/s.json hard && ln -s d/s.json link
echo A1 | mqstat --summary link >out.csv && cat hard && jq -c .rows.total d/s.json && ls d && stat -c '%a %F' d/s.json link
echo A1 | mqstat --summary /dev/null >out.csv && stat -c %F /dev/null
echo A1 | mqstat --summary /dev/stdout -o out.csv | jq -c .rows.total
# What standard output already holds stays, be it a file.
{ echo before; echo A1 | mqstat --summary - -o out.csv; echo A1 | mqstat -o /dev/stdout; } >all && grep -c '"exit_code"' all && sed 1q all && tail -n 2 all && ls
