echo 'id=VIN0000005 hang' >hang
sim --scenario hang
ids 60 | status mqstat --rate 100 --timeout 200ms >out.csv
sim_end
grep VIN0000005 out.csv
awk '$4 == "VIN0000005" { if (t && $1 - t < 0.2e9) print $1 - t; t = $1 }' arrivals
