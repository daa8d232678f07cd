sim
sim_end
ids 3 | status mqstat --give-up-after 1s 2>/dev/null | cut -d, -f1-4
