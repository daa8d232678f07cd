# A pause that the service asks for is said once, with its end.
echo 'n=5 status=429 header="Retry-After: 120"' >pause
sim --scenario pause
ids 50 | status mqstat -v --rate 100 --deadline 1s 2>err >out.csv
grep -cE 'paused until 20..-..-..T..:..:..\....Z, asked by the service' err
sim_end && arrivals
