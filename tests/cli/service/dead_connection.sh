# A kept connection dies under a request: asked once more, on a fresh one,
# which is no retry and costs no row.
echo 'on=20 cut=0' >dead
sim --scenario dead
ids 300 | mqstat --rate 2000 -j 4 --retries 0 >out.csv
sim_end
awk -F, 'NR > 1 { rows++; sent += $5; if ($3 != "" || $5 > 2) print }
    END { print rows " rows, " sent " attempts" }' out.csv |
    sed "s/ $(arrivals) attempts/ as many attempts as requests/"
