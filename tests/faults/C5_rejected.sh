# 400, 405 or 414 for most of the first hundred: not the service. 404 for all
# is a matter of the rows.
for code in 400 405 414 404; do
    echo "status=$code" >reject && sim --scenario reject
    ids 200 | status mqstat --rate 1000 2>err | cut -d, -f3-4 | sort -u
    sim_end && [ "$(arrivals)" -ge 100 ] && grep -o 'ended early[^;]*' err || [ "$(arrivals)" -eq 200 ]
done
