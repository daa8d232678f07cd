# A file of the run's own is not overwritten.
sim && ids 3 >ids.txt && ln -s ids.txt link
status mqstat --summary ids.txt ids.txt && status mqstat --summary link ids.txt && wc -l <ids.txt
status mqstat --summary o.csv -o o.csv ids.txt && echo old >o.csv && ln -f o.csv same && status mqstat --summary same -o o.csv ids.txt
status mqstat --summary x.json --report x.json ids.txt && echo client_id,online,error,http_status,attempts,latency_ms,checked_at >x && ln -f x y && status mqstat --metrics x --summary y ids.txt
status mqstat --previous x --summary y ids.txt && status mqstat --retry-from x --report x ids.txt
arrivals && ls && mqstat --summary /dev/null --metrics /dev/null ids.txt >/dev/null
