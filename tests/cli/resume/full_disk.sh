# A full disk, then room: the rows of the first run are not asked again.
unshare -rm true 2>err || skip "no mount of its own: $(cat err)"
sim && first=$url && sim --log second && export first && mkdir fs && ids 5000 >a.txt && export -f status rows
unshare -rm bash -eu -c 'mount -t tmpfs -o size=64k none fs && cd fs
    status mqstat -e $first -r 1M -o o.csv ../a.txt 2>../err && sed 1q ../err && rows o.csv.partial >../done
    mount -o remount,size=1m "$PWD" && cp o.csv.partial copy && mv copy o.csv.partial && status mqstat -r 1M -o o.csv --resume ../a.txt && ls && cp o.csv ..'
sim_end && cmp <(sed '1i client_id' a.txt) <(cut -d, -f1 o.csv) && echo "$(($(log=second arrivals) + $(cat done))) rows"
