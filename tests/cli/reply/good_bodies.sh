scenario=$TESTS/cli/reply/good_bodies.scenario
sim --scenario "$scenario"
sed 's/^id=\([^ ]*\).*/\1/' "$scenario" | mqstat -j 1 --rate 1000 >out.csv
cut -d, -f1-5 out.csv
