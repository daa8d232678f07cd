# A kept connection that was idle for too long says 408: asked once more, on a
# fresh one, where it is the row's own result.
printf 'on=20 status=408\nid=VIN0000005 status=408\n' >idle
sim --scenario idle
ids 300 | status mqstat --rate 2000 -j 1 --retries 0 2>err >out.csv
sim_end
awk -F, 'NR > 1 && NF > 1 { rows++; sent += $5; if ($3 != "" || $5 > 2) print $1, $3, $4, $5 }
    END { print rows " rows, " sent " attempts" }' out.csv
