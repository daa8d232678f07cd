# Empty, missing, too long, with a NUL, of two lines; a CR is kept (-v).
sim
export -n MQSTAT_PASSWORD && echo A1 >a.txt && umask 077 && mkdir d
: >empty && printf '\n' >line && printf 'a\0b' >nul && printf 'a\nb\n' >two && head -c 5000 /dev/zero | tr '\0' x >long && printf 'secret0\r\n' >cr && printf '\n\nsecret0' >first
for file in empty line nul two long missing d first ''; do status mqstat --password-file "$file" a.txt; done; sim_end && arrivals
sim && export -n MQSTAT_PASSWORD MQSTAT_PATIENCE && status mqstat -v --password-file cr -o o.csv a.txt 2>err; grep -v latency err
