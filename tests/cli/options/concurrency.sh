# -j bounds what is in flight: three at a time, of 200 ms each.
sim --latency 200ms
ids 13 | mqstat -r 1M -j 3 | rows
sim_end && max_in_window 0.19
