printf '%s\n' 'id=many headers=100000' 'id=big header-size=1M' 'id=21-1xx informational=21' \
    'id=1xx-only raw="HTTP/1.1 103 Early Hints\r\n\r\n" close' 'id=zero header="X: a\x00b"' \
    'id=return header="X: a\rb"' 'id=esc header="X: \x1b[31m"' 'id=no-colon raw="HTTP/1.1 200 OK\r\ngarbage\r\nContent-Length: 16\r\n\r\n{\"online\":false}"' \
    'id=folded raw="HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 16\r\n\r\n{\"online\":false}"' >odd
sim --online 0 --scenario odd
sed 's/^id=\([^ ]*\).*/\1/' odd | status mqstat -v -j 1 --retries 0 --rate 1000 2>err | cut -d, -f1-5
grep -c '[[:cntrl:]]' err || true
