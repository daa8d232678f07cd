# Cut or damaged: the rows before it are answered, the run ends with 3.
sim && ids 2000 | gzip >a.gz && (ids 1000 | zstd -q; ids 3000 | tail -n 2000 | zstd -q) | head -c 1600 >cut.zst
head -c 4000 a.gz >cut.gz && (cat a.gz; echo more) >more.gz && : >none
for file in cut.gz cut.zst more.gz; do
    status mqstat -r 5000 -o out.csv $file 2>err && grep $file err
    cut -d, -f1 out.csv.partial | tail -n +2 | cmp - <(ids "$(rows out.csv.partial)") && rows out.csv.partial && rm out.csv.partial
done
(head -c 3000 a.gz; echo damage; tail -c +3008 a.gz) | status mqstat --dry-run && cat cut.gz | status mqstat -r 5000 2>err | grep -c ,200,
printf '\037\213' | status mqstat && ids 3 | gzip | gzip | status mqstat
