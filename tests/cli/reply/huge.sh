python3 -c 'print("[" * 1000000)' >deep
python3 -c 'print("{" + "\"x\":1," * 1000000 + "\"online\":false}")' >members
printf 'id=deep body-file=deep\nid=members body-file=members\nid=string body-size=10M
id=endless endless\nid=chunks endless chunked\nid=4096 body-file=4096\nid=4097 body-file=4097\n' >huge
for size in 4096 4097; do printf "%-$((size - 16))s%s" '' '{"online":false}' >$size; done
sim --scenario huge
printf '%s\n' deep a members b string c endless d chunks e 4096 4097 g |
    status mqstat -j 1 --retries 0 | cut -d, -f1,3-5
