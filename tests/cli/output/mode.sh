# A new file by umask; an old one keeps its mode; --output-mode beats both.
sim
for mask in 000 022 077 027 777; do rm -f o && (umask $mask && echo A1 | mqstat -o o) && stat -c "$mask %a" o; done
for mode in 600 640 444 755; do chmod $mode o && echo A1 | mqstat -o o && stat -c "$mode %a" o; done
for mode in 600 0640 0666; do rm -f n && echo A1 | mqstat -o o --output-mode $mode && echo A1 | mqstat -o n --output-mode $mode && stat -c "$mode %a" o n; done
mkfifo in; (umask 0 && exec mqstat --output-mode 600 -o p in) & exec 9>in && echo A2 >&9 && wait_line ^A2 p.partial && stat -c %a p.partial && exec 9>&- && wait $!
