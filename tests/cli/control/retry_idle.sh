# A due retry that waits for its turn at a slow rate does not spin.
echo 'each=1 status=503' >once && sim --scenario once
ids 4 >ids.txt && bash -c 'time mqstat --rate 2 ids.txt' 2>time >out.csv
awk '$1 == "user" || $1 == "sys" { split($2, t, /[ms]/); s += t[2] } END { if (s > 0.3) print s " s of CPU" }' time
