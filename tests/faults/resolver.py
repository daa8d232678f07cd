"""A resolver of one's own: resolver.py ANSWERS LOG, inside own_network.

Answers each question over UDP at 127.0.0.53 by what the file ANSWERS says at
that moment, whatever the name: addresses (version 4 and 6), `nxdomain`,
`servfail`, `silent`, or `ttl=N` beside addresses (1). Writes a line for each
question to LOG, and `ready` to standard output.
"""
import ipaddress
import socket
import struct
import sys


def answer(question, words):
    ident, _, count = struct.unpack(">HHH", question[:6])
    end = question.index(b"\0", 12) + 5
    kind = struct.unpack(">H", question[end - 4:end - 2])[0]
    ttl, records = 1, []
    for word in words:
        if word.startswith("ttl="):
            ttl = int(word[4:])
        elif word[0].isdigit() or ":" in word:
            address = ipaddress.ip_address(word)
            if kind == (1 if address.version == 4 else 28):
                records.append(address.packed)
    code = {"nxdomain": 3, "servfail": 2}.get(words[0], 0)
    head = struct.pack(">HHHHHH", ident, 0x8180 | code, count, len(records),
                       0, 0)
    tail = b"".join(struct.pack(">HHHIH", 0xC00C, kind, 1, ttl, len(r)) + r
                    for r in records)
    return head + question[12:end] + tail


def main():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.53", 53))
    print("ready", flush=True)
    while True:
        question, peer = server.recvfrom(4096)
        words = open(sys.argv[1]).read().split()
        with open(sys.argv[2], "a") as log:
            log.write(" ".join(words) + "\n")
        if words[0] != "silent":
            server.sendto(answer(question, words), peer)


main()
