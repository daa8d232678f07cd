sim
sim_end
ids 3 | status mqstat
