#!/usr/bin/env python3
"""Every fault at once: chaos.py BUILD [AMOUNT] [SEED]

AMOUNT rows against a simulator that does something else to one in a thousand
for each of the faults below; the id's last three digits choose it, so what
must come out is known. Rows out are rows in, in order; each verdict is what
the server did to that id; sent/answered is at most 1.10; memory follows the window, not the rows.
"""
import collections
import os
import threading

import lab

# What happens to ids that end in 000, 001, ...: scenario, then what the row
# must be: "" for an answer (the second try's, with each=1), else its error.
SURPLUS = (r'"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n'
           r'{\"online\":true}"')
FAULTS = (
    # passes: asked once more
    ("each=1 status=429", ""),
    ('each=1 status=429 header="Retry-After: 1"', ""),
    ('each=1 status=429 header="Retry-After: -5"', ""),
    ('each=1 status=429 header="Retry-After: soon" body-size=10000', ""),
    ("each=1 status=500", ""),
    ("each=1 status=502 body=<html>", ""),
    ("each=1 status=503", ""),
    ('each=1 status=503 header="Retry-After: 1"', ""),
    ("each=1 status=504", ""),
    ("each=1 cut=0", ""),
    ("each=1 cut=0 rst", ""),
    ("each=1 cut=20", ""),
    ("each=1 cut=60 rst", ""),
    ("each=1 rst", ""),
    ("each=1 hang", ""),
    ("each=1 cut=40 hang", ""),
    ("each=1 drip=100ms", ""),
    # does not matter
    ("close", ""),
    ("close-after=0", ""),
    ("chunked", ""),
    ("informational=3", ""),
    ("headers=100", ""),
    ("delay=300ms", ""),
    ('header="Set-Cookie: a=b" header="Alt-Svc: h3=x"', ""),
    ('header="RateLimit: \\"a\\";r=1000000000000000000"', ""),
    ('header="Content-Type: text/html"', ""),
    ("extra=" + SURPLUS, ""),
    # stays
    ("status=404", "not_found"),
    ("status=400", "http_error"),
    ("status=204", "http_error"),
    ('status=302 header="Location: /elsewhere"', "http_error"),
    ("status=500", "server_error"),
    ('body="{}"', "bad_response"),
    ('body="[true]"', "bad_response"),
    ('body="{\\"online\\":1}"', "bad_response"),
    ('body="{\\"online\\":\\"true\\"}"', "bad_response"),
    ('body="{\\"online\\":true,\\"online\\":false}"', "bad_response"),
    ('body="\\xef\\xbb\\xbf{\\"online\\":true}"', "bad_response"),
    ('body="{\\"online\\":tru"', "bad_response"),
    ('body="<html>Log in</html>"', "bad_response"),
    ("body-size=10000", "bad_response"),
    ("body-size=5000 endless length=none", "bad_response"),
    ('header="Content-Encoding: gzip" body="\\x1f\\x8b\\x08\\x00"',
     "bad_response"),
    ("raw=garbage", "bad_response"),
    ("chunk-bad=size", "bad_response"),
    ("chunk-bad=extension", "bad_response"),
    ("informational=30", "bad_response"),
    ("header-size=100000", "bad_response"),
    ("hang", "timeout"),
    ("length=+100", "timeout"),
)
MOST_MIB = 64
WINDOW_MIB = 16 # rows behind an older one that waits: at most 65,536
SETTINGS = ["-r", "1M", "-j", "256", "--no-dedup",  "--timeout", "3s",
            "--retry-budget", "10%"]


def scenario():
    lines = ["id=*%03d %s" % (i, what) for i, (what, _) in enumerate(FAULTS)]
    lines += ["every=100 accept=close", "every=101 accept=rst"]
    return "\n".join(lines) + "\n"


def fleet(total):
    with open("fleet.txt", "w", encoding="utf-8") as file:
        for i in range(total):
            file.write("VIN%09d\n" % i)


def fnv1a(text):
    value = 0xcbf29ce484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return value


def expected(one):
    """(online, error): what the server does to this id, says the rule."""
    kind = int(one[-3:])
    error = FAULTS[kind][1] if kind < len(FAULTS) else ""
    if error:
        return "", error
    return ("true" if fnv1a(one) % 10000 < 7000 else "false"), ""


def watch_memory(child, seen):
    while child.poll() is None:
        try:
            with open("/proc/%d/statm" % child.pid, encoding="ascii") as file:
                seen.append(int(file.read().split()[1]) * 4096 / 2 ** 20)
        except (OSError, IndexError):
            return
        lab.time.sleep(0.25)


def judge_rows(total, arrivals):
    """Connections that are closed at once fail any row's try, and leave no
    trace in the log: such a row was tried more often than it arrived."""
    found = collections.Counter()
    answered = 0
    number = -1
    with open("out.csv", encoding="utf-8") as file:
        next(file)
        for number, line in enumerate(file):
            one, online, error, _, attempts = line.split(",")[:5]
            if one != "VIN%09d" % number:
                lab.wrong("row %d is of %s" % (number, one))
                return answered
            answered += not error
            lost = error in ("connect_failed", "connection_lost") and \
                arrivals[one] < int(attempts)
            if (online, error) != expected(one) and not lost:
                found[int(one[-3:]), online, error] += 1
    for (kind, online, error), count in found.most_common(40):
        lab.wrong("%d rows whose server does `%s` say %s%s" %
                  (count, FAULTS[kind][0] if kind < len(FAULTS) else "nothing",
                   online, error))
    if number + 1 != total:
        lab.wrong("%d rows for %d" % (number + 1, total))
    return answered


def main():
    total = lab.amount(20000)
    fleet(total)
    with lab.Simulator("chaos", scenario=scenario()) as sim:
        began = lab.now()
        child = lab.start(SETTINGS + ["-o", "out.csv", "fleet.txt"], sim.url)
        memory = []
        watch = threading.Thread(target=watch_memory, args=(child, memory))
        watch.start()
        status, said = lab.end(child, 3600)
        took_s = lab.now() - began
        watch.join()
        arrivals = collections.Counter(one for _, one, _ in sim.arrivals())
    if status != 1:
        lab.wrong("status %d: %s" % (status, said))
    if not os.path.exists("out.csv"):
        os.rename("out.csv.partial", "out.csv")
    answered = judge_rows(total, arrivals)
    sent = sum(arrivals.values())
    if sent > 1.10 * answered:
        lab.wrong("%d sent for %d answers" % (sent, answered))
    early = max(memory[:max(1, len(memory) // 2)])
    if max(memory) > MOST_MIB or max(memory) > early + WINDOW_MIB:
        lab.wrong("memory grew from %.1f to %.1f MiB" % (early, max(memory)))
    lab.conclude("chaos", "%d rows, %d faults, %.3f sent per answer, "
                 "%.0f s, %.1f MiB at most (%.1f in the first half)" %
                 (total, len(FAULTS) + 2, sent / answered, took_s, max(memory),
                  early))


main()
