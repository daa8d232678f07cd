#!/usr/bin/env python3
"""make bench-rate: the rate controller on the real binary.

rate.py BUILD [--quick] [--only=TEXT] [CASE...]

Runs mqstat against mqstat-sim with each style of quota, told and not told,
and prints efficiency (accepted / quota over the run) and the share refused,
both from the simulator's arrival log; beside it curl --parallel --retry on
the same server. Then the single cases of issue "the right rate". Runs that
do not disturb each other go side by side. Exits 1 when a figure misses its
mark. Everything stays on loopback.
"""
import concurrent.futures
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

STYLES = ["fixed", "token", "token.1", "slide", "slideall", "strict", "shard4"]
SIDE_BY_SIDE = 8
NS = 1e9
BUILD = os.path.abspath(sys.argv[1])
WORK = tempfile.mkdtemp(prefix="mqstat-bench.")
LOCK = threading.Lock()
CHILDREN = set()


def child(args, **kwargs):
    process = subprocess.Popen(args, **kwargs)
    with LOCK:
        CHILDREN.add(process)
    return process


def end(process, number=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(number)
    process.wait()
    with LOCK:
        CHILDREN.discard(process)
    return process.returncode


class Sim:
    """A simulator with an arrival log of its own."""

    def __init__(self, name, args, scenario=None):
        self.dir = tempfile.mkdtemp(prefix=name + ".", dir=WORK)
        self.log = os.path.join(self.dir, "arrivals")
        args = [BUILD + "/mqstat-sim", "--log", self.log, "--max-time", "900",
                *args]
        if scenario:
            path = os.path.join(self.dir, "scenario")
            with open(path, "w", encoding="utf-8") as out:
                out.write(scenario)
            args += ["--scenario", path]
        self.process = child(args, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def environment(self):
        return dict(os.environ, MQSTAT_ENDPOINT=self.url, MQSTAT_USER="user0",
                    MQSTAT_PASSWORD="secret0", XDG_STATE_HOME=self.dir,
                    XDG_RUNTIME_DIR=self.dir)

    def arrivals(self):
        """[(seconds since the first, status)], once the simulator ended."""
        end(self.process)
        self.process.stdout.close()
        with open(self.log, encoding="utf-8") as lines:
            rows = [line.split() for line in lines if line[0] != "#"]
        shutil.rmtree(self.dir)
        if not rows:
            return []
        first = int(rows[0][0])
        return [((int(r[0]) - first) / NS, int(r[4])) for r in rows]


def ids(count, path):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"VIN{i:08d}\n" for i in range(count))
    return path


def mqstat(sim, rows, args):
    path = ids(rows, os.path.join(sim.dir, f"ids{len(args)}"))
    with open(os.path.join(sim.dir, "said"), "w", encoding="utf-8") as said:
        return child([BUILD + "/mqstat", *args, path], env=sim.environment(),
                     stdout=subprocess.DEVNULL, stderr=said)


class Figures:
    def __init__(self, arrivals, quota, skip=0.0):
        kept = [row for row in arrivals if row[0] >= skip]
        span = max(kept[-1][0] - skip, 1e-9) if kept else 1e-9
        accepted = sum(1 for row in kept if row[1] == 200)
        refused = sum(1 for row in kept if row[1] == 429)
        self.sent = len(kept)
        self.refused_count = refused
        self.efficiency = 100 * accepted / (quota * span)
        self.refused = 100 * refused / max(1, accepted + refused)


def most_in_a_second(arrivals):
    first = most = 0
    for last, row in enumerate(arrivals):
        while row[0] - arrivals[first][0] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def accepted_between(arrivals, start, stop):
    return sum(1 for t, status in arrivals if start <= t < stop and
               status == 200)


RESULTS = []


def report(name, passed, text):
    with LOCK:
        RESULTS.append(passed)
    mark = "" if passed is None else ("ok   " if passed else "FAIL ")
    print(f"{mark}{name}: {text}", flush=True)


def within(arrivals, rate):
    """Contract 4.1, with half a per cent for the server's clock."""
    return most_in_a_second(arrivals) <= rate * 1.01 + 1


# ---- the grid of rate.md 3.1 and 3.2 ----

def chosen_cell(style, quota, latency_ms, told):
    """--only=TEXT keeps the cells whose name has it, such as q=100 ."""
    only = [arg[7:] for arg in sys.argv if arg.startswith("--only=")]
    name = f"{style} q={quota} {latency_ms} ms {'told' if told else 'auto'}"
    return all(text in name for text in only)


def grid_run(style, quota, latency_ms, told, seconds):
    name = f"{style}-{quota}-{latency_ms}-{'told' if told else 'auto'}"
    sim = Sim(name, ["--quota", str(quota), "--quota-style", style,
                     "--latency", f"{latency_ms}ms"])
    rate = str(quota) if told else "auto"
    end_process = mqstat(sim, quota * seconds, ["-q", "--rate", rate])
    end_process.wait(timeout=seconds * 8)
    arrivals = sim.arrivals()
    whole = Figures(arrivals, quota)
    steady = Figures(arrivals, quota, 20) if not told else whole
    fine = grid_passes(style, told, whole, steady)
    if told:
        fine = fine and within(arrivals, quota)
    report(f"{style} q={quota} {latency_ms} ms {'told' if told else 'auto'}",
           fine and end_process.returncode == 0,
           f"{whole.efficiency:.1f} / {whole.refused:.2f}"
           + ("" if told else f", after 20 s {steady.efficiency:.1f} / "
              f"{steady.refused:.2f}"))
    return style, quota, latency_ms, told, whole, steady


def grid_passes(style, told, whole, steady):
    if style in ("strict", "shard4"):
        return whole.refused <= 1
    if style not in ("fixed", "token", "slide"):
        return True
    if told:
        most = 0.3 if style == "slide" else 0.1
        return whole.efficiency >= 98 and whole.refused <= most
    return (steady.efficiency >= 95 and steady.refused <= 1.2 and
            whole.efficiency >= 93)


def print_tables(cells):
    for told in (True, False):
        print(f"\n{'quota told' if told else 'quota unknown'} "
              "(efficiency % / refused %)")
        print("| quota | latency | " + " | ".join(STYLES) + " |")
        print("|---" * (len(STYLES) + 2) + "|")
        rows = sorted({(c[1], c[2]) for c in cells if c[3] == told})
        for quota, latency in rows:
            line = [f"{c[4].efficiency:.1f} / {c[4].refused:.2f}"
                    for style in STYLES for c in cells
                    if c[:4] == (style, quota, latency, told)]
            print(f"| {quota} | {latency} ms | " + " | ".join(line) + " |")


def curl_run(style, quota, rows):
    """What curl does against the same quota; rows is kept small."""
    sim = Sim("curl-" + style, ["--quota", str(quota), "--quota-style", style])
    path = os.path.join(sim.dir, "urls")
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f'url = "{sim.url}/client-id/VIN{i:08d}/status"\n'
                       'output = "/dev/null"\n' for i in range(rows))
    curl = child(["curl", "-s", "-f", "-u", "user0:secret0", "--parallel",
                  "--parallel-max", "50", "--retry", "20", "--retry-max-time",
                  "60", "-K", path], stderr=subprocess.DEVNULL)
    try:
        curl.wait(timeout=100)
    except subprocess.TimeoutExpired:
        pass
    end(curl)
    arrivals = sim.arrivals()
    figures = Figures(arrivals, quota)
    answered = sum(1 for row in arrivals if row[1] == 200)
    return (f"{style}: {figures.efficiency:.0f} / {figures.refused:.1f}, "
            f"{len(arrivals) / max(1, answered):.1f} requests per answer, "
            f"{answered} of {rows} answered")


# ---- single cases ----

def case_twice():
    sim = Sim("twice", ["--quota", "500", "--latency", "5ms"])
    run = mqstat(sim, 60000, ["-q", "--rate", "1000"])
    code = run.wait(timeout=600)
    figures = Figures(sim.arrivals(), 500)
    report("stated rate twice the quota", code == 0 and figures.refused <= 2,
           f"{figures.efficiency:.1f} / {figures.refused:.2f}, exit {code}")


def case_halved():
    sim = Sim("halved", ["--quota", "1000", "--latency", "5ms"],
              "after=40s quota=500\nafter=100s quota=1000\n")
    run = mqstat(sim, 200000, ["-q", "--rate", "1000"])
    time.sleep(172)
    end(run)
    arrivals = sim.arrivals()
    soon = sum(1 for t, _ in arrivals if 43 <= t < 44)
    back = accepted_between(arrivals, 165, 168) / 3
    report("quota halved, then restored",
           soon <= 1000 and back >= 900,
           f"{soon}/s asked 3 s after the halving, {back:.0f}/s accepted "
           "65 s after the restoration")


def case_outage():
    sim = Sim("outage", ["--latency", "5ms"],
              "after=20s until=80s status=429\n")
    run = mqstat(sim, 200000, ["-q", "--rate", "1000"])
    time.sleep(114)
    end(run)
    arrivals = sim.arrivals()
    asked = sum(1 for t, _ in arrivals if 20 <= t < 80)
    back = accepted_between(arrivals, 110, 112) / 2
    report("60 s of nothing but 429 at 1,000/s", asked <= 120 and back >= 900,
           f"{asked} requests, {back:.0f}/s 30 s after the end")


def case_retry_after():
    shares = []
    for extra in ([], ["--retry-after", "1"]):
        sim = Sim("retry-after", ["--quota", "1000", "--quota-style", "fixed",
                                  "--latency", "10ms", *extra])
        run = mqstat(sim, 1000 * 120, ["-q", "--rate", "auto"])
        run.wait(timeout=400)
        shares.append(Figures(sim.arrivals(), 1000).efficiency)
    report("Retry-After: 1 on each 429", shares[1] >= shares[0] - 4,
           f"{shares[1]:.1f} % against {shares[0]:.1f} % without")


def case_group():
    sim = Sim("group", [])
    runs = [mqstat(sim, 40000, ["-q", "--rate", "2000", "--rate-group", "g",
                                "-o", f"{sim.dir}/o{i}.csv"])
            for i in range(4)]
    time.sleep(10)
    end(runs[0], signal.SIGKILL)
    time.sleep(10)
    for run in runs:
        end(run)
    arrivals = sim.arrivals()
    counts = [sum(1 for t, _ in arrivals if s <= t < s + 1)
              for s in range(1, 19)]
    report("4 processes, one rate group, one killed",
           min(counts) >= 1980 and max(counts) <= 2010,
           f"{min(counts)} to {max(counts)} of 2,000 in each second")


def case_stalled():
    sim = Sim("stalled", [])
    run = mqstat(sim, 10000, ["-q", "--rate", "1000"])
    time.sleep(3)
    run.send_signal(signal.SIGSTOP)
    time.sleep(0.3)
    run.send_signal(signal.SIGCONT)
    run.wait(timeout=60)
    arrivals = sim.arrivals()
    most = most_in_a_second(arrivals)
    burst = max(sum(1 for t, _ in arrivals if s <= t < s + 0.02)
                for s in [a[0] for a in arrivals if 3 <= a[0] <= 3.6][::5])
    report("stalled 300 ms", most <= 1011 and burst <= 27,
           f"at most {most} in a second, {burst} in 20 ms after it")


CASES = {"twice": case_twice, "halved": case_halved, "outage": case_outage,
         "retry-after": case_retry_after, "group": case_group,
         "stalled": case_stalled}


def main():
    chosen = [arg for arg in sys.argv[2:] if not arg.startswith("--")]
    quick = "--quick" in sys.argv
    cells = []
    with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        singles = [pool.submit(CASES[name]) for name in chosen or CASES
                   if name in CASES]
        jobs = []
        if not chosen or "grid" in chosen:
            seconds = 30 if quick else 120
            jobs = [pool.submit(grid_run, style, quota, latency, told, seconds)
                    for told in (True, False) for quota in (1000, 100)
                    for latency in (5, 50) for style in STYLES
                    if chosen_cell(style, quota, latency, told)]
        cells = [job.result() for job in jobs]
        for single in singles:
            single.result()
    if cells:
        print_tables(cells)
    if not chosen or "curl" in chosen:
        print("\ncurl --parallel --retry 20, 3,000 rows at a quota of 100/s "
              "(efficiency % / refused %)")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for line in pool.map(lambda s: curl_run(s, 100, 3000),
                                 ["fixed", "token", "slide"]):
                print(line, flush=True)
    passed = sum(1 for one in RESULTS if one)
    print(f"{passed} passed, {len(RESULTS) - passed} failed")
    return passed != len(RESULTS)


try:
    code = main()
finally:
    for process in list(CHILDREN):
        process.kill()
        process.wait()
    shutil.rmtree(WORK, ignore_errors=True)
sys.exit(code)
