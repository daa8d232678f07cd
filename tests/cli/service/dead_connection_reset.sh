# A kept connection is reset under a request: asked once more, on a fresh one,
# which is no retry and costs no row.
echo 'on=20 cut=0 rst' >dead
sim --scenario dead
ids 300 | status mqstat --rate 2000 -j 1 --retries 0 >out.csv
sim_end
awk -F, 'NR > 1 && NF > 1 { rows++; sent += $5; if ($3 != "" || $5 > 2) print }
    END { print rows " rows, " sent " attempts" }' out.csv
echo "$(arrivals) requests, $(arrivals '$5 == 0') without a reply"
