# Sent requests count, refused ones included.
echo 'n=3-5 status=429' >refuse
sim --scenario refuse
ids 20 | status mqstat --max-queries 10 -j 1 --rate 100 2>err >out.csv
sim_end
echo "$(rows out.csv) rows, $(arrivals) requests, $(awk -F, '$4 == 200' out.csv | wc -l) answered"
tail -n 1 out.csv && grep -o 'ended early: [^;]*' err
