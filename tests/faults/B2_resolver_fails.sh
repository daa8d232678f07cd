# The resolver fails, or is silent: an outage, asked again, then given up.
own_network && export MQSTAT_USER=u MQSTAT_PASSWORD=p
for how in servfail silent; do
    resolver $how
    ids 4 | status mqstat -e http://mqtt.example:1 --give-up-after 2s 2>err | cut -d, -f1-5
    grep -o 'ended early[^;]*' err
done
