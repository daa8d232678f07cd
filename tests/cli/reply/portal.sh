# A page with status 200 for everybody: the breaker opens after 20.
echo 'body="<html>Welcome</html>" header="Content-Type: text/html"' >portal
sim --scenario portal
ids 500 | status mqstat --rate 200 -j 4 --give-up-after 1s >out.csv
sim_end
cut -d, -f2-4 out.csv | sort | uniq -c | awk '$2 == ",not_attempted,"'  | wc -l
awk -F, '$3 != "bad_response" && $3 != "not_attempted"' out.csv
[ "$(arrivals)" -ge 20 ] && [ "$(arrivals)" -le 28 ] || echo "$(arrivals) requests"
