# Each literal block of EXAMPLES but those with a HOST to fill in.
sim
cp "$TESTS"/../samples/fleet.csv "$TESTS"/../samples/ids.txt .
echo '{"id":"VIN0000001"}' >fleet.ndjson
awk '/^\.Sh/ { in_it = /EXAMPLES/ } /^\.Ed/ { on = 0; close(file) } on { gsub(/\\e/, "\\"); print >file }
     in_it && /^\.Bd -literal/ { on = 1; file = sprintf("block%02d", ++n) }' "$TESTS/../man/mqstat.1"
for block in $(grep -L HOST block*); do status bash "$block" >out 2>err || true; tail -n 1 out; cat "$block"; done
