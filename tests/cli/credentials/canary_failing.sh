# Nor when it is refused, or the service repeats it, or nothing answers.
printf 'n=2 status=401\nn=3 status=500 body=canary0 header="X: canary0"\nn=4 raw="canary0"\n' >scenario
(umask 077 && echo canary0 >f && printf 'machine 127.0.0.1 login canaryuser password "canary0\n' >netrc) && sim --user canaryuser --password-file f --scenario scenario
export MQSTAT_USER=canaryuser MQSTAT_PASSWORD=canary0 && ids 6 >a.txt
{ mqstat -v --retries 0 a.txt; mqstat -v --password-file netrc a.txt; env -u MQSTAT_PASSWORD mqstat -v --netrc=netrc a.txt; mqstat -v -e http://127.0.0.1:1 --give-up-after 1ms a.txt; mqstat --password-file f=canary1 a.txt; } >out 2>&1 || :
[ "$(wc -l <out)" -gt 15 ] && ! grep -a -e canary0 -e "$(printf canaryuser:canary0 | base64)" out
