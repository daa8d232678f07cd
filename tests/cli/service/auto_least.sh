# Three slow replies leave the fourth slot, and with it the whole rate.
echo 'n=30-32 delay=1500ms' >slow
sim --scenario slow
ids 200 | mqstat --rate 100 >out.csv
sim_end
awk 'NR == 33 { t = $1 } NR == 130 { exit $1 - t > 1.3e9 }' arrivals
