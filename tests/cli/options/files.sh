# Options and files in any order; behind -- only files.
sim
for file in a -r --; do echo "id-$file" >$file; done && echo A1 >./-q
mqstat a -r 1M -q -- -r -- -q | cut -d, -f 1
