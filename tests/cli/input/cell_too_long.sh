# 65,535 bytes are an id; more is none. 64 KiB are a cell; more is bad_row.
sim
awk 'function x(n) { s = sprintf("%*s", n, ""); gsub(/ /, "x", s); return s }
    BEGIN { print "vin,n"; n = split("65535 65536 65537 200000", a)
            for (i = 1; i <= n; i++) print x(a[i]) "," i "\nA" i "," x(a[i]) }' >a.csv
status mqstat -v -k n a.csv 2>err | sed -E 's/x+/x/g' && cat err
awk -F, 'NR > 1 { print length($1), length($8) }' <(mqstat -qk n a.csv || :)
sim_end && arrivals && awk 'length($4) == 65535' arrivals | wc -l
