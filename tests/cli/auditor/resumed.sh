# limit: 60
# Killed and resumed: --previous, a seeded --sample, --excel, packed input.
sim --online 0.5 && ids 1500 | tee ids.txt | gzip >ids.gz && mqstat -r 5000 -o old.csv ids.txt
for options in '--previous old.csv' '--sample 900 --seed 4' '--sample 60% --seed 4' --excel; do
    # One word each.
    # shellcheck disable=SC2086
    mqstat -r 400 $options -o out.csv ids.gz & wait_for test -s out.csv.partial && sleep 0.3 && kill -KILL $! && wait $! || true
    mqstat -r 5000 $options --resume -o out.csv ids.gz && mqstat -r 5000 $options ids.txt >ref.csv
    cmp <(cut -d, -f1-5,8- out.csv) <(cut -d, -f1-5,8- ref.csv) && wc -l <out.csv && rm out.csv
done
