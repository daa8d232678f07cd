# 100,000 header fields, one of 1 MB, a head without an end: no memory.
no_sanitizer
printf '%s\n' 'id=A* headers=100000' 'id=B* header-size=1M' 'id=C* raw="HTTP/1.1 200 OK\r\nX: " cut=19 hang' >flood
sim --scenario flood
peak() { status command time -f %M -o "$1" mqstat -q -j 1 --retries 0 --timeout 500ms >out && cut -d, -f3 out | sort | uniq -c; }
{ ids 8 G; ids 8 X; } | peak plain
{ ids 8 A; ids 4 G; ids 8 B; ids 2 H; ids 2 C; } | peak flooded
[ "$(tail -n 1 flooded)" -le $(($(tail -n 1 plain) + 1100)) ] || cat plain flooded
