# So does a deadline: what is in flight then lands, and is written.
sim --latency 300ms
ids 100 >a.txt
status mqstat -r 50 --deadline 1s -o o.csv a.txt 2>err && sed 's/: .*//' err
sim_end && [ "$(rows o.csv.partial)" -eq "$(arrivals)" ] || echo "$(rows o.csv.partial) rows, $(arrivals) requests"
