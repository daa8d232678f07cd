# An outage is said once, by what it is, and its end.
echo 'n=1 status=503' >sc && sim --scenario sc
ids 3 | mqstat -v 2>&1 >out.csv | grep 'the service'
sim_end && status mqstat -v --give-up-after 100ms -o out.csv - <<<A1 2>&1 | grep 'the service' | sed 's/(F.*server)/(WHY)/'
