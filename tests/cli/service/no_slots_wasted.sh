# A slow id holds one slot only: the others go on, in order.
echo 'id=VIN0000010 delay=700ms' >slow
sim --scenario slow
ids 50 | mqstat --rate 100 >out.csv
sim_end
cut -d, -f1 out.csv | tail -n +2 | diff - <(ids 50)
awk 'NR == 10 { t = $1 } NR == 50 { exit $1 - t > 0.6e9 }' arrivals
