#!/usr/bin/env python3
"""make bench-instr: what a query costs in instructions and system calls.

instr.py BUILD [--budget] [PROFILE...]

Runs mqstat against mqstat-sim with 2,000 and with 12,000 ids, 50 connections
and no limit that binds; the difference is 10,000 queries without start and
end. Instructions come from valgrind --tool=callgrind, split by the object
(program, libcurl, libc, ..) that they were executed in; system calls from
strace -c. --budget: only HTTP by callgrind, and exit 1 above 65,000 in all or
3,000 for all of the program but its use of libcurl, when libcurl is the version that the figures belong to; on
another it prints. Given callgrind profiles A and B, it prints B - A.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

FEW, MANY = 2000, 12000
BUDGET, REST = 65000, 3000
LIBCURL = "7.88.1"
THE_REST = "(the program without transport)"
LINE = re.compile(r"(fl|fi|fe|cfi|cfl|ob|cob|calls)=(?:\((\d+)\)(?: (.*))?)?")
LEAVES = ("libc.so", "libm.so", "libxxhash", "libcjson", "libcsv")


def by_object(path):
    """{object: instructions executed in it} of a callgrind profile, and what
    our files except transport* and mem execute, with what they call in libc & co."""
    names, files, sums = {}, {}, {THE_REST: 0}
    current = called = file = owner = "?"
    call = False  # the next line is the inclusive cost of a call

    def is_rest():
        ours = current == "mqstat" and file != "???"  # which calls main
        # mem.c works for the libraries; ours allocate nothing for a query
        return ours and not file.startswith("transport") and owner != "mem.c"

    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            found = LINE.match(line)
            if found:
                kind, number, name = found.groups()
                known = names if kind in ("ob", "cob") else files
                if name:
                    known[number] = os.path.basename(name)
                if kind == "ob":
                    current = called = names[number]
                elif kind == "cob":
                    called = names[number]
                elif kind == "calls":
                    call = True
                elif not kind.startswith("c"):
                    file = files[number]
                    owner = file if kind == "fl" else owner
            elif line[0].isdigit() or line[0] in "+-*":
                cost = line.split()
                if len(cost) < 2:
                    continue
                if not call:
                    sums[current] = sums.get(current, 0) + int(cost[1])
                if is_rest() and (not call or called.startswith(LEAVES)):
                    sums[THE_REST] += int(cost[1])
                if call:
                    call, called = False, current
    return sums


def a_query(few, many):
    return {name: (cost - few.get(name, 0)) / (MANY - FEW)
            for name, cost in many.items()}


class Bench:
    def __init__(self, build, tls):
        self.dir = tempfile.mkdtemp(prefix="mqstat-instr.")
        self.build = build
        ca = os.path.join(self.dir, "ca.pem")
        args = ["--tls-ca-out", ca] if tls else []
        self.sim = subprocess.Popen(
            [build + "/mqstat-sim", "--max-time", "600", *args],
            stdout=subprocess.PIPE, text=True)
        self.args = ["-q", "-e", self.sim.stdout.readline().strip(), "-u",
                     "user0", "-r", "1M", "-j", "50", "-o", "/dev/null"]
        self.args += ["--cacert", ca] if tls else []

    def close(self):
        self.sim.terminate()
        self.sim.wait()
        shutil.rmtree(self.dir)

    def run(self, tool, count):
        ids = os.path.join(self.dir, f"ids{count}")
        with open(ids, "w", encoding="utf-8") as out:
            out.writelines(f"VIN{i:010d}\n" for i in range(count))
        done = subprocess.run(
            [*tool, self.build + "/mqstat", *self.args, ids],
            env=dict(os.environ, MQSTAT_PASSWORD="secret0"), check=False,
            capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"instr.py: {' '.join(tool)}: {done.stderr}")

    def instructions(self):
        profiles = []
        for count in (FEW, MANY):
            path = os.path.join(self.dir, f"profile{count}")
            self.run(["valgrind", "--tool=callgrind",
                      "--callgrind-out-file=" + path], count)
            profiles.append(by_object(path))
        return a_query(*profiles)

    def system_calls(self):
        """{name: calls a query}, all threads."""
        counts = []
        for count in (FEW, MANY):
            path = os.path.join(self.dir, "calls")
            self.run(["strace", "-f", "-c", "-U", "calls,name", "-o", path],
                     count)
            with open(path, encoding="utf-8") as lines:
                rows = [line.split() for line in lines]
            counts.append({row[1]: int(row[0]) for row in rows
                           if len(row) == 2 and row[0].isdigit()})
        counts[1].pop("total", None)
        return a_query(*counts)


def total_of(costs):
    return sum(cost for name, cost in costs.items() if name != THE_REST)


def show(title, costs, least):
    print(f"{title}: {total_of(costs):,.1f} a query")
    for name, cost in sorted(costs.items(), key=lambda item: -item[1]):
        if cost >= least:
            print(f"  {name:32} {cost:12,.1f}")
    sys.stdout.flush()


def check_budget(costs):
    said = subprocess.run(["curl-config", "--version"], check=True,
                          capture_output=True, text=True).stdout
    total, rest = total_of(costs), costs[THE_REST]
    over = total > BUDGET or rest > REST
    figures = f"{total:,.0f} of {BUDGET:,}, without transport {rest:,.0f} of {REST:,}"
    if LIBCURL not in said:
        over = False
        figures += f"; no verdict, this is {said.strip()}"
    print(f"{'FAIL' if over else 'ok'} instructions a query: {figures}")
    print(f"{0 if over else 1} passed, {1 if over else 0} failed")
    return over


def main():
    build = os.path.abspath(sys.argv[1])
    rest = sys.argv[2:]
    if len(rest) == 2:
        show("instructions", a_query(by_object(rest[0]), by_object(rest[1])), 1)
        return 0
    for tls in (False, True):
        bench = Bench(build, tls)
        try:
            costs = bench.instructions()
            if rest == ["--budget"]:
                # a busy machine hands over fewer answers a turn: the least
                again = (bench.instructions() for _ in range(2))
                return check_budget(min(costs, *again,
                                        key=lambda one: one[THE_REST]))
            name = "HTTPS" if tls else "HTTP"
            show(f"{name}, instructions", costs, 10)
            show(f"{name}, system calls", bench.system_calls(), 0.01)
        finally:
            bench.close()
    return 0


sys.exit(main())
