# tsv: escapes are read, quotes mean nothing, other backslashes stand.
sim
printf 'note\tvin\n\\t\\n\\r\\\\\t"A1"\n\ta\\tb\\nc\\rd\\\\e\\x\\\nx\tA2\ty\n' >a.tsv
mqstat -k note -t ndjson a.tsv && mqstat -k note -t tsv a.tsv
