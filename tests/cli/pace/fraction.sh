# 400 ms apart: the median gap, as one that comes late shortens the next.
sim
ids 7 | mqstat --rate 2.5 >out.csv && sim_end
awk 't { print $1 - t } { t = $1 }' arrivals | sort -n | sed -n 3p |
    awk '$1 < 0.399e9 || $1 > 0.42e9 { print "a median gap of " $1 }'
