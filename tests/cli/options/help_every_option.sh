# Each option of the help is known, and -v, -q and so on stand for theirs.
mqstat --help | grep -o -e '--[a-z-]*[a-z]' | sort -u >names
while read -r name; do status mqstat $name=. 2>&1 | grep -e unknown || :; done <names; [ "$(wc -l <names)" -gt 40 ]
mqstat --help | sed -n 's/^  -\([a-z]\), --\([a-z-]*\).*/\1 \2/p' | while read -r letter name; do
    case $letter in c | k | e | u | o) v=x ;; f | t) v=csv ;; r | j) v=7 ;; *) continue ;; esac
    cmp <(mqstat -$letter $v --print-config) <(mqstat --$name $v --print-config) && echo -n $letter
done
