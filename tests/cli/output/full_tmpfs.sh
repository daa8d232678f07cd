# A full disk: whole rows stay in the partial, and what is in FILE, too.
unshare -rm true 2>err || skip "no mount of its own: $(cat err)"
sim
mkdir fs && ids 5000 >a.txt && export -f ids status rows
unshare -rm bash -eu -c 'mount -t tmpfs -o size=64k none fs && cd fs && echo old >o.csv
    status mqstat -r 1M -o o.csv ../a.txt 2>../err && sed 1q ../err && cat o.csv
    tail -c 1 o.csv.partial | od -c | sed 1q && [ "$(rows o.csv.partial)" -gt 500 ]
    awk -F, "NF != 7" o.csv.partial'
