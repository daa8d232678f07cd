# 503 with Retry-After: the row waits so long.
echo 'n=10 status=503 header="Retry-After: 1"' >waits
sim --scenario waits
ids 50 | mqstat --rate 100 >out.csv
sim_end
grep VIN0000010 out.csv | cut -d, -f1,3-5
awk '$4 == "VIN0000010" { if (t && ($1 - t < 1e9 || $1 - t > 1.4e9)) print $1 - t; t = $1 }' arrivals
