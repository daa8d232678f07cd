# RateLimit lowers the rate for as long as it says: r=10 in 2 s is 5/s.
echo 'n=21 header="RateLimit: \"default\";r=10;t=2"' >hint
sim --scenario hint
ids 100 | mqstat --rate 100 -o out.csv
sim_end
awk '{ t[NR] = $1 } END { s = (t[31] - t[22]) / 1e9; print (s > 1.4 && s < 2.2 ? "slowed" : "not slowed: " s)
    s = (t[100] - t[50]) / 1e9; print (s < 1 ? "and back" : "not back: " s) }' arrivals
