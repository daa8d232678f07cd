#!/usr/bin/env python3
"""Every call that touches a file fails once: calls.py BUILD [AMOUNT] [SEED]

A run into a file, and one that goes on with half of it (--resume); of each
function the k-th call fails, for every k and each error, or for AMOUNT of
these. The run may not say 0 with rows missing or wrong, nor fail without a
word; what it leaves has whole rows, and --resume makes the right file of it.
"""
import os

import lab

ROWS = 2500
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EINTR")
WATCHED = ("write@*.partial", "write@*/out.csv*", "fdatasync", "fsync",
           "rename", "open@*out.csv*", "close", "close@*out.csv*", "ftruncate",
           "flock", "lseek", "fcntl", "read@*in.txt", "read@*out.csv*",
           "unlink", "mmap@*out.csv*")
SIDE_BY_SIDE = 4


def prepare(place, half):
    os.makedirs(place, exist_ok=True)
    for name in os.listdir(place):
        os.remove(os.path.join(place, name))
    lab.write_lines(place + "/in.txt", lab.ids(ROWS))
    if half:
        with open(place + "/out.csv.partial", "wb") as file:
            file.write(half)


def arguments(place, resume):
    return ["-r", "1M", "-j", "16", "-o", os.path.abspath(place + "/out.csv"),
            place + "/in.txt"] + ["--resume"] * resume


def fail_one(sim, place, rule, half, right):
    prepare(place, half)
    status, said = lab.run(arguments(place, bool(half)), sim.url,
                           **lab.faulty(rule))
    what = rule + (" with --resume: " if half else ": ")
    left = lab.slurp(place + "/out.csv.partial")
    done = lab.slurp(place + "/out.csv")
    if status < 0 or status not in (0, 2, 3, 5):
        lab.wrong(what + "status %d: %s" % (status, said))
    if status and not said:
        lab.wrong(what + "status %d and not a word" % status)
    if status == 0 and (done is None or lab.read_rows(done) != right):
        lab.wrong(what + "status 0, but the rows are not right")
    if done is not None and lab.read_rows(done) != right:
        lab.wrong(what + "the file is there and not right")
    if left:
        rows = lab.read_rows(left)
        if rows is None or rows != right[:len(rows)]:
            lab.wrong(what + "status %d leaves torn or wrong rows" % status)
    if status and done is None:
        again, said = lab.run(arguments(place, True), sim.url)
        if again or lab.read_rows(lab.slurp(place + "/out.csv")) != right:
            lab.wrong(what + "no way on: status %d: %s" % (again, said))
    return status


def rules_for(sim, half):
    """Every call there is, counted in a run that nothing disturbs."""
    prepare("count", half)
    watch = " ".join(one + ":0:EIO" for one in WATCHED)
    status, said = lab.run(arguments("count", bool(half)), sim.url,
                           **lab.faulty(watch, os.path.abspath("count/n")))
    if status:
        lab.wrong("without a fault: status %d: %s" % (status, said))
        return [], []
    rules = []
    for name, count in zip(WATCHED, lab.counted("count/n")):
        faults = ERRORS + (("short=7", "short=1")
                           if name.startswith(("write", "read")) else ())
        rules += ["%s:%d:%s" % (name, k, fault)
                  for k in range(1, count + 1) for fault in faults]
    return rules, lab.read_rows(lab.slurp("count/out.csv"))


def loop(sim, half, most):
    rules, right = rules_for(sim, half)
    total = len(rules)
    if most < total:
        rules = lab.chance(bool(half)).sample(rules, most)

    def work(i):
        return [fail_one(sim, "place%d" % i, rule, half, right)
                for rule in rules[i::SIDE_BY_SIDE]]
    ends = {}
    for status in sum(lab.side_by_side(work, range(SIDE_BY_SIDE)), []):
        ends[status] = ends.get(status, 0) + 1
    print("%s: %d of %d calls and errors; by exit status: %s" %
          ("going on" if half else "anew", len(rules), total, ends))


def main():
    most = lab.amount(30)
    with lab.Simulator("calls") as sim:
        loop(sim, None, most)
        whole = lab.slurp("count/out.csv")
        half = whole[:whole.index(b"\n", len(whole) // 2) + 1]
        loop(sim, half, most)
    lab.conclude("calls", "at most %d each" % most)


main()
