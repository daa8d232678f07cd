# limit: 30
export MQSTAT_USER=u MQSTAT_PASSWORD=p
ids 4 | status mqstat -e https://nothing.invalid --connect-timeout 5s --give-up-after 1s 2>err | cut -d, -f1-5
grep -c nothing.invalid err
