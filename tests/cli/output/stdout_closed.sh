# Closed descriptors: rows never land in a socket.
sim
ids 2 >a.txt
status sh -c 'exec mqstat a.txt >&-' && status sh -c 'exec mqstat a.txt 1<a.txt'
mqstat -o o.csv a.txt >&- && rows o.csv && mqstat a.txt <&- 2>&- | rows
status sh -c 'exec mqstat <&-' && mqstat a.txt -o p.csv <&- >&- 2>&- && rows p.csv && sim_end && arrivals
