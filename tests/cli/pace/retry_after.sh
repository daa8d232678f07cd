# One row waits a second and up to a tenth more; the others go on.
echo 'n=10 status=429 header="Retry-After: 1"' >waits
sim --scenario waits
ids 100 | mqstat --rate 100 >out.csv
sim_end
grep VIN0000010 out.csv | cut -d, -f1,3-5
awk '$4 == "VIN0000010" { if (t && ($1 - t < 1e9 || $1 - t > 1.3e9)) print $1 - t; t = $1 }
    t && !u && NR == 90 { u = $1; if (u - t > 1.1e9) print "the others waited" }' arrivals
