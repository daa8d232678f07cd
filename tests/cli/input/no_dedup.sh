# --no-dedup asks again.
sim
printf 'A1\nA1\nA2\nA1\n' | mqstat --no-dedup
sim_end && arrivals '$4 == "A1"'
