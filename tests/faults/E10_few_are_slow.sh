# One row in twenty gets a byte now and then: it ends at its time-out, and the
# others go on at the rate, since there are slots enough.
echo 'id=*[13579]1 drip=20ms' >slow && sim --scenario slow --log-connections
ids 400 | status mqstat -q --rate 100 --timeout 1s --retries 0 -j 40 >out.csv && sim_end
awk -F, 'NR > 1 && NF > 1 { print $3 "," $4 }' out.csv | sort | uniq -c
span 1 400 3.9 4.3
awk '$3 == "GET" { at[$2] = $1; id[$2] = $4 } $3 == "CLOSE" && id[$2] ~ /[13579]1$/ { n++
    s = ($1 - at[$2]) / 1e9; if (s < 0.9 || s > 1.1) print id[$2], s } END { print n " timed out" }' arrivals
