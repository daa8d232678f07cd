# Equal ids are asked once, also while the first is in flight or waits for
# its retry, and answered on every row.
echo 'id=A1 each=1 status=503 delay=300ms' >scenario
sim --latency 50ms --scenario scenario
{ echo A0 && for i in $(seq 200); do echo A1 && echo A$((i % 20)); done; } | mqstat -r 1M >out.csv
sim_end && awk '!/^#/ { print $4 }' arrivals | sort | uniq -c | sort -k 2V && rows out.csv
cut -d, -f 1-5 out.csv | sed -n '2,$p' | sort | uniq -c | sort -k 2V
