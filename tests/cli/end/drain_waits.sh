# A row that hangs is waited for until --timeout, no longer.
echo 'n=10 hang' >hang
sim --scenario hang && ids 1000 >ids.txt
mqstat --rate 50 --timeout 1s ids.txt >out.csv 2>err & pid=$!
wait_arrivals 15 && kill -INT $pid && status wait $pid && sim_end
[ "$SECONDS" -le 4 ] && grep VIN0000010 out.csv | cut -d, -f1-5
[ "$(rows out.csv)" -eq "$(arrivals)" ]
