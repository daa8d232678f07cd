# The wall clock moves by an hour, forth and back: no effect on the pace.
gcc -D_GNU_SOURCE -shared -fPIC -o jump.so "$TESTS/tools/clock_jump.c" -ldl && sim
ids 400 | LD_PRELOAD=$PWD/jump.so ASAN_OPTIONS=verify_asan_link_order=0 mqstat --rate 200 >out.csv
sim_end && within_rate 200
awk '{ t[NR] = $1 } END { s = (t[400] - t[1]) / 1e9; print (s > 1.9 && s < 2.6 ? "2 s" : s " s") }' arrivals
tail -n +2 out.csv | cut -d, -f7 | cut -dT -f2 | cut -d: -f1 | uniq | wc -l | awk '{ print ($1 >= 3 ? "it moved" : "it stood") }'
