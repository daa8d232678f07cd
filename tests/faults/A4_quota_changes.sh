# The quota is halved and doubled under way: answered, few are refused.
# limit: 40
printf '%s\n' 'after=3s quota=100' 'after=8s quota=400' >change && sim --quota 200 --scenario change
ids 1900 | mqstat --rate 190 2>err >out.csv && sim_end
awk -F, 'NR > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
within_rate 190
awk '$5 == 429 { n++ } END { if (n < 5 || n > 130) print n " refused" }' arrivals
awk 'NR == 1 { f = $1 } { t[NR] = $1; s = ($1 - f) / 1e9 } s > 5 && s < 8 { low++; bad += $5 == 429 }
    END { if (low > 310 || bad > 12) print low, bad; r = 200 / ((t[NR] - t[NR - 200]) / 1e9)
          if (r < 104) print r "/s at the end" }' arrivals
