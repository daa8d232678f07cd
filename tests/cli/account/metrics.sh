# Metrics: mode 0644 whatever the umask, each name with its HELP and TYPE once.
umask 077 && sim --latency 5ms && ids 50 | mqstat --rate 1k --metrics m.prom >out.csv
stat -c %a m.prom && grep -v -e latency_seconds -e ' 1[0-9]*\.[0-9]*$' -e duration m.prom
awk '/^# HELP/ { h[$3]++; next } /^# TYPE/ { if (h[$3] != 1 || t[$3]++) exit 1; next } { sub(/[{ ].*/, ""); sub(/_(bucket|sum|count)$/, ""); if (t[$0] != 1) exit 1 }' m.prom
grep latency_seconds_ m.prom | awk '/bucket/ { if ($2 < n) exit 1; n = $2 } /sum/ { if ($2 < 0.25) exit 1 } /count/ { if ($2 != 50 || n != 50) exit 1 }'
promtool check metrics <m.prom && grep -c 'duration_seconds 0\.[0-9]*$' m.prom
