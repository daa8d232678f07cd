# The alert rules are what Prometheus takes; they fire when they should.
cp "$TESTS/../samples/prometheus-rules.yml" "$TESTS/cli/docs/alerts.yml" . && promtool check rules prometheus-rules.yml
promtool test rules alerts.yml
sim && status mqstat --metrics m.prom -o out.csv "$TESTS/../samples/ids.txt" 2>/dev/null && promtool check metrics <m.prom
grep -o 'mqstat_run_[a-z_]*' prometheus-rules.yml | sort -u | while read -r name; do grep -q "^$name[ {]" m.prom || echo "no $name"; done
