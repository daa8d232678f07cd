#!/usr/bin/env python3
"""Every allocation fails once: allocations.py BUILD [AMOUNT] [SEED]

A run of 20 rows, some of whose answers need the JSON reader, without and with
TLS; its k-th allocation fails, whoever asks for it, for every k, or for AMOUNT
of them. No run may die of a signal, say it is done with rows missing, or leave
a torn row; where it stops, it says so.
"""
import os

import lab

HELD = 16  # runs side by side, each in its own directory


def arguments(sim, place, tls):
    args = ["-r", "1M", "-j", "4", "--retries", "1", "--give-up-after", "50ms",
            "-o", place + "/out.csv", place + "/in.ndjson"]
    return args + ["--cacert", sim.ca] if tls else args


def prepare(place):
    os.makedirs(place, exist_ok=True)
    lab.write_lines(place + "/in.ndjson",
                    ['{"id":"%s","n":{"x":[1,2]}}' % one for one in lab.ids(20)])
    for name in ("/out.csv", "/out.csv.partial"):
        if os.path.exists(place + name):
            os.remove(place + name)


def fail_one(sim, place, tls, k, right):
    prepare(place)
    status, said = lab.run(arguments(sim, place, tls), sim.url,
                           **lab.faulty("malloc:%d:ENOMEM" % k))
    what = "allocation %d%s: " % (k, " with TLS" if tls else "")
    left = lab.slurp(place + "/out.csv.partial")
    done = lab.slurp(place + "/out.csv")
    if status < 0 or status not in (0, 1, 2, 3, 5):
        lab.wrong(what + "status %d: %s" % (status, said))
    if status and not said:
        lab.wrong(what + "status %d and not a word" % status)
    if left is not None and lab.read_rows(left) is None:
        lab.wrong(what + "torn rows are left")
    if status in (0, 1) and (done is None or len(lab.read_rows(done)) != 20):
        lab.wrong(what + "rows are missing with status %d" % status)
    if status == 0 and lab.read_rows(done) != right:
        lab.wrong(what + "other rows than otherwise")
    return status


def loop(tls, most):
    name = "tls" if tls else "plain"
    body = '{ "online" : true }' # not one of the two that need no reader
    more = ["--tls", "--tls-ca-out", name + ".pem"] if tls else []
    with lab.Simulator(name, *more,
                       scenario='id=*5 body="%s"\n' %
                       body.replace('"', '\\"')) as sim:
        sim.ca = os.path.abspath(name + ".pem")
        prepare(name)
        count = os.path.abspath(name + "/count")
        status, said = lab.run(arguments(sim, name, tls), sim.url,
                               **lab.faulty("malloc:0:ENOMEM", count))
        if status:
            lab.wrong("without a fault: status %d: %s" % (status, said))
            return 0, {}
        right = lab.read_rows(lab.slurp(name + "/out.csv"))
        total = lab.counted(count)[0]
        moments = list(range(1, total + 1))
        if most < total:
            moments = sorted(lab.chance(name).sample(moments, most))
        places = [name + str(i) for i in range(HELD)]

        def work(i):
            return [fail_one(sim, places[i], tls, k, right)
                    for k in moments[i::HELD]]
        ends = {}
        for status in sum(lab.side_by_side(work, range(HELD), 4), []):
            ends[status] = ends.get(status, 0) + 1
        return total, ends


def main():
    most = lab.amount(300)
    for tls in (False, True):
        total, ends = loop(tls, most)
        print("%s: %d of %d allocations failed; by exit status: %s" %
              ("with TLS" if tls else "plain", sum(ends.values()), total, ends))
    lab.conclude("allocations", "at most %d each" % most)


main()
