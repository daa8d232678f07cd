# Without rows to go on with, --resume is an ordinary run.
sim && ids 3 >ids.txt
for left in '' client_id, 'client_id,online,error,http_status,attempts,latency_ms,checked_at
'; do printf %s "$left" >o.csv.partial && status mqstat --resume -o o.csv ids.txt && rows o.csv; done
status mqstat --resume -o o.csv ids.txt && rm o.csv && status mqstat --resume -o o.csv ids.txt && ls o.csv*
echo old >o.csv && : >o.csv.partial && status mqstat -o o.csv ids.txt && rows o.csv && sim_end && arrivals
