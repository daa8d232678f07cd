# Too few slots for the rate: it says so.
sim --latency 200ms
ids 60 | mqstat -v --rate 100 -j 4 >out.csv 2>err && sim_end
grep -c concurrency err
