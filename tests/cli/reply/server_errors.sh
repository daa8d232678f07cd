for code in 500 501 502 503 504 599; do echo "id=s$code status=$code"; done >codes
sim --scenario codes
{ ids 10; sed 's/^id=\([^ ]*\).*/\1/' codes; } | status mqstat --rate 1000 >out.csv
sim_end
grep ^s out.csv | cut -d, -f1-5
echo "$(arrivals) requests"
