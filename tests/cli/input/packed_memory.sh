# limit: 60
# What unpacks to 300 MB, lines or one endless line, needs no more than 32 MB.
(yes VIN0000001 || :) | head -c 300000000 | gzip -1 >lines.gz && head -c 300000000 /dev/zero | tr '\0' x | zstd -q -o line.zst
most=32 && [ -z "$ASAN_OPTIONS" ] || most=400 # the sanitizer's own
for file in lines.gz line.zst; do status python3 "$TESTS/tools/peak.py" $most mqstat --dry-run $file | grep -e rows -e peak -e status; done
cat line.zst | status python3 "$TESTS/tools/peak.py" $most mqstat --dry-run - | tail -n 1
