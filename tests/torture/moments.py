#!/usr/bin/env python3
"""Ended at random moments: moments.py BUILD [AMOUNT] [SEED] [kill|signal]

A run is ended by kill -9 (or by a signal that it may answer), at a random
moment, perhaps some more times while it goes on with --resume, until it is
left alone. The file is then the same, times aside, as that of a run that
nobody disturbed, and the simulator's log shows that no more was asked again
than the contract says: for each kill what is in flight, the last second of
rows, and answered rows held behind an older one; for a signal nothing.
"""
import os
import signal
import sys

import lab

ROWS = 500
EQUAL = 25  # ids that come once more
RATE = 250
SLOTS = 8
LATENCY_S = 0.03
BOUND = SLOTS + RATE * 1.055 + 1 + RATE * LATENCY_S
FORMATS = ("csv", "tsv", "ndjson")
KILLS = sys.argv[4:] != ["signal"]
SIGNALS = [signal.SIGKILL] if KILLS else [signal.SIGINT, signal.SIGTERM,
                                          signal.SIGHUP]


def fleet():
    rows = lab.ids(ROWS)
    return rows + lab.chance("fleet").sample(rows, EQUAL)


def arguments(form, place, *more):
    return ["-t", form, "-j", str(SLOTS), "-o", place + "/out",
            "fleet.txt"] + list(more)


def right_rows():
    rows = {}
    with lab.Simulator("right") as sim:
        for form in FORMATS:
            os.makedirs("right-" + form)
            status, said = lab.run(arguments(form, "right-" + form, "-r", "1M"),
                                   sim.url)
            if status:
                lab.wrong("undisturbed: status %d: %s" % (status, said))
            rows[form] = lab.read_rows(lab.slurp("right-%s/out" % form), form)
    return rows


class Ended:
    """One fleet's file, and how it came to be."""

    def __init__(self, number, right):
        self.pick = lab.chance("moment", number)
        self.form = self.pick.choice(FORMATS)
        self.unordered = self.pick.random() < 0.25
        self.right = right[self.form]
        self.place = "moment%d" % number
        self.name = "%d (%s%s)" % (number, self.form,
                                   ", unordered" * self.unordered)
        self.ends = 0
        self.later = 0  # runs that were over before their signal
        os.makedirs(self.place)

    def options(self, resume):
        more = ["--unordered"] * self.unordered + ["--resume"] * resume
        return arguments(self.form, self.place, *more)

    def interrupt(self, sim, resume):
        child = lab.start(self.options(resume) + ["-r", str(RATE)], sim.url)
        moment = self.pick.random() * (ROWS / RATE + 0.3)
        number = self.pick.choice(SIGNALS)
        try:
            child.wait(moment)
        except lab.subprocess.TimeoutExpired:
            child.send_signal(number)
        began = lab.now()
        status, said = lab.end(child)
        took_s = lab.now() - began
        self.judge_end(status, said, number, took_s)
        self.ends += 1
        return lab.slurp(self.place + "/out") is None

    def judge_end(self, status, said, number, took_s):
        if status == 0:
            self.later += 1
        elif status not in (-number, 128 + number):
            lab.wrong("%s: status %d: %s" % (self.name, status, said))
        if took_s > 2 * lab.crowd():
            lab.wrong("%s: %.1f s to end" % (self.name, took_s))
        left = lab.slurp(self.place + "/out.partial")
        if left and not KILLS and lab.read_rows(left, self.form) is None:
            lab.wrong("%s: a torn row is left by %s" % (self.name, number))

    def go(self):
        with lab.Simulator(self.place, "--latency", "20ms", "--latency-jitter",
                           "%dms" % (LATENCY_S * 1000 - 20)) as sim:
            open_end = self.interrupt(sim, False)
            while open_end and self.pick.random() < 0.3:
                open_end = self.interrupt(sim, True)
            if open_end:
                status, said = lab.run(self.options(True) + ["-r", "1M"],
                                       sim.url)
                if status:
                    lab.wrong("%s: --resume: status %d: %s" %
                              (self.name, status, said))
            again = lab.repeats(sim.arrivals())
        self.judge_file()
        if again > (self.ends * BOUND if KILLS else 0):
            lab.wrong("%s: %d asked again after %d ends" %
                      (self.name, again, self.ends))
        return self.ends, self.later, again

    def judge_file(self):
        rows = lab.read_rows(lab.slurp(self.place + "/out") or b"", self.form)
        if rows is None:
            lab.wrong("%s: the file does not parse" % self.name)
            return
        same = sorted(rows, key=repr) == sorted(self.right, key=repr) \
            if self.unordered else rows == self.right
        if not same:
            lab.wrong("%s: %d rows, not the right ones" %
                      (self.name, len(rows)))
        if lab.slurp(self.place + "/out.partial") is not None:
            lab.wrong("%s: a partial is left" % self.name)


def main():
    total = lab.amount(50)
    lab.write_lines("fleet.txt", fleet())
    right = right_rows()
    found = lab.side_by_side(lambda i: Ended(i, right).go(), range(total), 16)
    ends = sum(one[0] for one in found)
    again = [one[2] for one in found]
    lab.conclude(
        "kill" if KILLS else "signal",
        "%d fleets, ended %d times (%d too late); asked again: most %d, "
        "mean %.1f a fleet" % (total, ends, sum(one[1] for one in found),
                               max(again), sum(again) / len(again)))


main()
