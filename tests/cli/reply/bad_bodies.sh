# Good ones in between, since 20 bad ones in a row are another matter.
scenario=$TESTS/cli/reply/bad_bodies.scenario
sim --online 1 --scenario "$scenario"
sed 's/^id=\([^ ]*\).*/\1\ngood-\1/' "$scenario" >ids.txt
status mqstat -j 1 --rate 1000 ids.txt >out.csv
grep -v ^good- out.csv | cut -d, -f1-5
awk -F, '/^good-/ { print $2 "," $3 }' out.csv | sort | uniq -c
