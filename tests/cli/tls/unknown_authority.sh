sim --tls
ids 3 | status mqstat --rate 10 2>err | cut -d, -f1-5
sim_end
echo "$(arrivals) requests"
grep -o 'tls_failed: .*' err
