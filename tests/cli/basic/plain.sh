sim
ids 5 | mqstat
