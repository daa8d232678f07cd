#!/usr/bin/env python3
"""Other processes: others.py BUILD [AMOUNT] [SEED] [pairs|readers|pipes]

pairs    two runs into one file, started together: one works, the other leaves
         with 5 and without a request
readers  whoever polls the file sees the old one or the whole new one
pipes    `mqstat | head -1` ends at once, without a word and without a core
"""
import os
import signal
import sys
import threading

import lab

WHAT = sys.argv[4]
ROWS = 60


def pair(number):
    place = "pair%d" % number
    os.makedirs(place)
    more = ["--resume"] * (number % 2)
    args = ["-r", "300", "-o", place + "/out", "fleet.txt"] + more
    with lab.Simulator(place, "--latency", "10ms") as sim:
        began = lab.now()
        children = [lab.start(args, sim.url) for _ in range(2)]
        while all(child.poll() is None for child in children):
            lab.time.sleep(0.002)
        first_s = lab.now() - began
        ends = sorted(lab.end(child) for child in children)
        asked = len(sim.arrivals())
    if [status for status, _ in ends] != [0, 5]:
        lab.wrong("%s: %s" % (place, ends))
    if asked != ROWS:
        lab.wrong("%s: %d queries for %d rows" % (place, asked, ROWS))
    return first_s


def pairs():
    lab.write_lines("fleet.txt", lab.ids(ROWS))
    took = sorted(lab.side_by_side(pair, range(lab.amount(20)), 4))
    lab.conclude("pairs", "%d; the one that leaves takes %.0f ms (median), "
                 "%.0f ms (most)" % (len(took), took[len(took) // 2] * 1e3,
                                     took[-1] * 1e3))


def readers():
    """Generation g has its own ids and its own number of rows."""
    total = lab.amount(100)
    seen = set()
    over = threading.Event()

    def poll():
        while not over.is_set():
            seen.add(lab.slurp("out.csv"))
    with lab.Simulator("readers") as sim:
        lab.write_lines("fleet.txt", lab.ids(50, "G0-"))
        lab.run(["-r", "1M", "-o", "out.csv", "fleet.txt"], sim.url)
        whole = {lab.slurp("out.csv")}
        thread = threading.Thread(target=poll, daemon=True)
        thread.start()
        for g in range(1, total + 1):
            lab.write_lines("fleet.txt", lab.ids(50 + g % 7, "G%d-" % g))
            status, said = lab.run(["-r", "1M", "-o", "out.csv", "fleet.txt"],
                                   sim.url)
            whole.add(lab.slurp("out.csv"))
            if status:
                lab.wrong("run %d: status %d: %s" % (g, status, said))
        over.set()
        thread.join()
    if not seen <= whole:
        lab.wrong("%d times neither old nor new" % len(seen - whole))
    if len(seen) < total / 2:
        lab.wrong("the reader saw only %d of %d files" % (len(seen), total))
    lab.conclude("readers", "%d runs, %d different files seen" %
                 (total, len(seen)))


def pipe(number):
    with lab.Simulator("pipe%d" % number, "--latency", "5ms") as sim:
        child = lab.start(["-r", "200", "fleet.txt"], sim.url,
                          stdout=lab.subprocess.PIPE)
        child.stdout.readline()
        child.stdout.close()
        child.stdout = None
        status, said = lab.end(child)
        asked = len(sim.arrivals())
    if status != -signal.SIGPIPE or said:
        lab.wrong("pipe: status %d: %s" % (status, said))
    if asked > 2 * 200 * 1.055 + 256: # up to the first row, and then a second
        lab.wrong("pipe: %d queries" % asked)
    return asked


def pipes():
    lab.write_lines("fleet.txt", lab.ids(20000))
    asked = lab.side_by_side(pipe, range(lab.amount(16)), 8)
    lab.conclude("pipes", "%d; at most %d queries at 200/s" %
                 (len(asked), max(asked)))


{"pairs": pairs, "readers": readers, "pipes": pipes}[WHAT]()
