# gzip and zstd, by content: files and pipes, members and frames, any name.
sim && ids 500 >a && (head -n 200 a | gzip; tail -n +201 a | gzip -9; head -c 700 /dev/zero) >a.gz && (head -n 100 a | zstd -q; tail -n +101 a | zstd -q --check) >b
mqstat -r 2000 a.gz b | cut -d, -f1 | tail -n +2 | cmp - <(cat a a) && cat b | mqstat -r 2000 | cut -d, -f1 | tail -n +2 | cmp - a
printf '\357\273\277id,n\r\n01,"x\ny"\r\n02,z\r\n' | gzip >c.csv.gz && echo '{"id":"A7"}' | zstd -q -o d.ndjson.ZST
mqstat -k n c.csv.gz | cut -d, -f1,2,8- && mqstat d.ndjson.ZST c.csv.gz | cut -d, -f1,2
(printf '\037'; sleep 0.1; printf '\213'; sleep 0.1; tail -c +3 a.gz) | mqstat --dry-run | head -n 1
: | gzip | mqstat && sim_end && arrivals
