# Failures before HTTP: no status, but an attempt and its time.
echo A1 >a.txt && export MQSTAT_USER=u MQSTAT_PASSWORD=p && sim --tls
for url in http://no.such.host.invalid http://127.0.0.1:1 $url; do status mqstat -q --give-up-after 100ms -e $url a.txt; done
