# What happens to the rate is said once per change, with -v.
echo 'after=1s until=2s status=429' >outage
sim --quota 1000 --scenario outage
ids 400 | mqstat -v --rate 100 2>err >out.csv
grep -c 'to everything: asking with single' err
grep -c '429 from the service: 99.5/s -> ' err
