# The alert rules are what Prometheus takes; they fire when they should.
cp "$TESTS/../samples/prometheus-rules.yml" "$TESTS/cli/docs/alerts.yml" . && promtool check rules prometheus-rules.yml
promtool test rules alerts.yml
