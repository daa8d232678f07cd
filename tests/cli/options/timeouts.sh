# --timeout ends an attempt, --connect-timeout a connection.
printf 'id=A2 hang\n' >scenario
sim --scenario scenario
printf 'A1\nA2\n' >a.txt && status mqstat -q --timeout 200ms --retries 0 a.txt
printf 'accept=hang\n' >scenario && sim --tls --scenario scenario && status mqstat -q --connect-timeout 200ms --give-up-after 100ms --insecure a.txt
