# A page with status 200 for everybody: the breaker opens after 20.
echo 'body="<html>Welcome</html>" header="Content-Type: text/html"' >portal
sim --scenario portal
ids 500 | status mqstat --rate 200 -j 4 --give-up-after 1s >out.csv 2>err
sim_end
tail -n 1 out.csv && grep -c bad_response err
awk -F, 'NR > 1 && NF > 1 && $3 != "bad_response" && $3 != "not_attempted"' out.csv
[ "$(arrivals)" -ge 20 ] && [ "$(arrivals)" -le 28 ] || echo "$(arrivals) requests"
