sim --latency 2ms
ids 1000 | mqstat --rate 5000 -j 4 >out.csv
sim_end
echo "$(rows out.csv) rows, $(arrivals) requests"
[ "$(awk '{ print $2 }' arrivals | sort -u | wc -l)" -le 4 ]
