# --rate and -r: never faster; --rate auto with --max-rate likewise.
sim
ids 60 >a.txt && mqstat -r 40 a.txt | rows && within_rate 40
sim && ids 60 | mqstat --rate auto --max-rate 30 | rows && sim_end && within_rate 30
sim && ids 3 | mqstat -r 120/m | rows && sim_end && [ "$(max_in_window 1)" -le 3 ]
