# 401 under way: confirmed once on a fresh connection a second later.
echo 'n=100 login=user0:other' >change
sim --scenario change --latency 20ms
ids 500 | status mqstat --rate 200 -j 8 >out.csv 2>err
sim_end && tail -n 1 out.csv && grep -o 'ended early: [^;]*' err
awk -F, 'NR > 1 && NF > 1 && $3 != "" { print $3 }' out.csv | sort -u
[ "$(arrivals '$5 == 401')" -le 9 ] && [ "$(arrivals '$5 == 401')" -ge 2 ] || echo "$(arrivals '$5 == 401')"
awk '$5 == 401 { t = s; c = d; s = $1; d = $2 } END { if (s - t < 0.99e9 || c == d) print s - t, c, d }' arrivals
