# --connect-timeout: a connection that nobody takes (the backlog is full).
echo 'import socket, time; s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(0)
fill = [socket.socket() for i in range(3)]; [(c.setblocking(False), c.connect_ex(s.getsockname())) for c in fill]
print(s.getsockname()[1], flush=True); time.sleep(60)' >full.py && mkfifo port
python3 full.py >port & read -r port <port
ids 3 >a.txt && export MQSTAT_USER=u MQSTAT_PASSWORD=p
for wait in 100ms 2s; do status mqstat -q -e http://127.0.0.1:$port --connect-timeout 300ms --give-up-after $wait a.txt | cut -d, -f 1-4; done
kill $! && wait $! || :
