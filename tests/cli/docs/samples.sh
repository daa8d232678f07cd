sim --scenario "$TESTS/../samples/sim-scenario.txt"
status mqstat --retries 5 -k all -o out.csv "$TESTS/../samples/fleet.csv" 2>/dev/null
echo "$(rows out.csv) rows" && cut -d, -f1-3 out.csv | grep 'VIN0000003\|^,\|42\|test'
