# A million rows, and a tenth of it: memory is the same. (Two ids, so that
# only reading and writing count.)
# limit: 60
sim && for n in 100000 1000000; do
    awk -v n=$n 'BEGIN { for (i = 0; i < n; i++) print "A" i % 2 }' |
        command time -f %M -o rss.$n mqstat -r 1M >out.csv && rows out.csv
done
[ "$(cat rss.1000000)" -le $(($(cat rss.100000) * 105 / 100 + 400)) ] || cat rss.*
[ "$(cat rss.1000000)" -le 65536 ] || cat rss.*
