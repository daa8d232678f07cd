# Nothing is looked up that was not asked for: no netrc, no proxy, no agent.
sim
export HOME=$PWD http_proxy=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9
echo "machine 127.0.0.1 login user1 password secret1" >.netrc
ids 5 | strace -f -e trace=openat,open,connect -o seen mqstat >out.csv
cut -d, -f3-4 out.csv | sort | uniq -c
grep -c netrc seen || true
grep -c 'sin_port=htons(9)' seen || true
