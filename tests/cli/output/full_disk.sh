# /dev/full: exit 3, said once, and the asking stops.
sim
ids 1000 >a.txt
status sh -c 'exec mqstat a.txt >/dev/full' 2>err && sed 's/[0-9]* rows:.*/N rows.../' err
status mqstat -o /dev/full a.txt 2>err && sed 's/[0-9]* rows:.*/N rows.../' err && sim_end && [ "$(arrivals)" -lt 350 ]
