# Three tries each; good ones in between: no outage.
for code in 500 501 502 503 504 599; do echo "id=s$code status=$code"; done >codes
sim --scenario codes
{ ids 20; sed 's/^id=\([^ ]*\).*/\1\nbehind-\1/' codes; } >ids.txt
status mqstat -j 1 ids.txt >out.csv
sim_end
grep ^s out.csv | cut -d, -f1-5
echo "$(arrivals) requests"
