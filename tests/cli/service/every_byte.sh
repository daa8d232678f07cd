# Each ASCII byte but NUL, and some others, encoded as RFC 3986 has it.
sim
make='[*range(1, 128), 0x80, 0xe9, 0x7ff, 0x800, 0xfeff, 0xffff, 0x1f697]'
python3 -c "import json; [print(json.dumps({'id': chr(i) + 'x'})) for i in $make]" >ids.ndjson
mqstat -j 1 --rate 2000 -o out.csv ids.ndjson
sim_end
python3 -c "from urllib.parse import quote; [print(quote(chr(i) + 'x', '')) for i in $make]" |
    diff - <(awk '{ print $4, $5 }' arrivals | sed -n 's/ 200$//p')
