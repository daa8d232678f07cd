# What an earlier run left is three ids that always fail: an id that had its
# answer tells that this is no outage, so they get their tries and no more.
for how in status=500 hang; do
    echo "id=BAD* $how" >bad && rm -f ./*.csv && sim --scenario bad && { ids 50 && ids 3 BAD; } >ids.txt
    status mqstat -q -r 200 --max-queries 50 -o o.csv ids.txt && status mqstat -q --timeout 300ms --resume -o o.csv ids.txt && cut -d, -f3,5 o.csv | sort | uniq -c
    status mqstat -q --timeout 300ms --retry-from o.csv -o new.csv ids.txt && cmp <(cut -d, -f1-5 o.csv) <(cut -d, -f1-5 new.csv) && sim_end && arrivals; done
# Where it is one, nothing is spent on rows until it is over.
echo 'until=2s status=503' >outage && sim --scenario outage --log second && head -n 51 o.csv >p.csv.partial && status mqstat --resume -o p.csv ids.txt && cut -d, -f5 p.csv | sort | uniq -c
echo 'status=503' >outage && sim --scenario outage && head -n 51 o.csv >q.csv.partial && status mqstat -q --give-up-after 3s --resume -o q.csv ids.txt && rows q.csv.partial && sim_end && log=second arrivals
