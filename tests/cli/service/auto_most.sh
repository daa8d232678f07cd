# Ten connections, then 50 a second, until 256 queries are in flight.
# limit: 40
sim --latency 2s
ids 1000 | mqstat --rate 1000 >out.csv
sim_end
most=$(max_in_window 1.9)
[ "$most" -le 256 ] || echo "$most at once"
echo "$(rows out.csv) rows, $(awk '{ print $2 }' arrivals | sort -u | wc -l) connections"
