# The file is new and whole at once, by umask, through a link; or a device.
sim && mkdir d && umask 027 && echo old >d/s.json && ln d/s.json hard && ln -s d/s.json link
echo A1 | mqstat --summary link >out.csv && cat hard && jq -c .rows.total d/s.json && ls d && stat -c '%a %F' d/s.json link
echo A1 | mqstat --summary /dev/null >out.csv && stat -c %F /dev/null
echo A1 | mqstat --summary /dev/stdout -o out.csv | jq -c .rows.total
