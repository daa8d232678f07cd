# Where few files may be open, fewer queries are in flight; no row fails.
sim --latency 20ms --tls --tls-ca-out ca.pem
(ulimit -n 32 && ids 200 | mqstat --cacert ca.pem -v -r 1k -j 60 2>err | rows) && grep -c 'at most [1-9][0-9]* queries.*no more than 32 files' err
(ulimit -n 32 && ids 200 | mqstat --cacert ca.pem -r 1k | cut -d, -f3 | sort | uniq -c)
