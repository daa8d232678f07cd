# A NAT forgets the connections while nothing is asked: time-out, asked again.
own_network && sim && mkfifo pipe
mqstat --timeout 500ms <pipe >out.csv & pid=$! && exec 5>pipe
ids 20 >&5 && wait_arrivals 20 && wait_line VIN0000020 out.csv
ports=$(ss -Htn "dport = :${url##*:}" | sed -E 's/.*:([0-9]+) +[0-9].*/\1/' | paste -sd,)
filter "tcp sport { $ports } drop" "tcp dport { $ports } drop" && ids 20 B >&5 && exec 5>&- && wait $pid && sim_end
awk -F, 'NR > 1 { print $3 "," $4; if ($5 > 3) print $5; more += $5 > 1 } END { if (!more) print "none dropped" }' out.csv | sort | uniq -c
