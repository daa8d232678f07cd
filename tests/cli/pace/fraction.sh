# 400 ms apart, less the catch-up of 5 ms.
sim
ids 7 | mqstat --rate 2.5 >out.csv
sim_end
awk 'NR > 1 && $1 - t < 0.39e9 { print NR, $1 - t } { t = $1 }
    END { if (t - s > 2.6e9) print "late" } NR == 1 { s = $1 }' arrivals
