# 65,535 bytes are an id; more is none. 64 KiB are a cell; more is bad_row.
sim
python3 -c 'print("vin,n")
for n in 65535, 65536, 65537, 200000: print("x" * n + ",%d\nA%d,%s" % (n, n, "x" * n))' >a.csv
status mqstat -v -k n -o out.csv a.csv 2>err && grep -v -e latency -e PATIENCE err
awk -F, '{ print length($1), $3, length($8) }' out.csv
sim_end && awk '!/^#/ { print length($4) }' arrivals
