# The wall clock moves by an hour, forth and back: no effect on the pace.
sim
rules='clock_gettime@realtime:101-200:shift=3600 clock_gettime@realtime:201+:shift=-3600'
ids 400 | faulty "$rules" mqstat --rate 200 >out.csv
sim_end && within_rate 200
awk '{ t[NR] = $1 } END { s = (t[400] - t[1]) / 1e9; print (s > 1.9 && s < 2.6 ? "2 s" : s " s") }' arrivals
tail -n +2 out.csv | cut -d, -f7 | cut -dT -f2 | cut -d: -f1 | uniq | wc -l | awk '{ print ($1 >= 3 ? "it moved" : "it stood") }'
