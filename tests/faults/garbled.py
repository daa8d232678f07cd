"""A wire that garbles TLS: garbled.py PORT listens on 127.0.0.1.

Passes connections on to 127.0.0.1:PORT and prints its own port. On every
other connection the eleventh record of the server's application data breaks
off in its middle, and a fatal alert follows.
"""
import socket
import sys
import threading

ALERT = b"\x15\x03\x03\x00\x02\x02\x28"


def records(source):
    held = b""
    while True:
        data = source.recv(65536)
        if not data:
            return
        held += data
        while len(held) >= 5 and len(held) >= 5 + int.from_bytes(held[3:5]):
            size = 5 + int.from_bytes(held[3:5])
            yield held[:size]
            held = held[size:]


def forward(source, target):
    try:
        while True:
            data = source.recv(65536)
            if not data:
                break
            target.sendall(data)
    except OSError:
        pass
    target.close()


def back(server, client, most, tail):
    count = 0
    try:
        for record in records(server):
            count += record[0] == 23
            if most and count >= most:
                client.sendall(record[:len(record) // 2] + tail)
                break
            client.sendall(record)
    except OSError:
        pass
    client.close()
    server.close()


def main():
    port = int(sys.argv[1])
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    number = 0
    while True:
        client, _ = listener.accept()
        number += 1
        server = socket.create_connection(("127.0.0.1", port))
        most = 11 if number % 2 else 0
        threading.Thread(target=forward, args=(client, server),
                         daemon=True).start()
        threading.Thread(target=back, daemon=True,
                         args=(server, client, most, ALERT)).start()


main()
