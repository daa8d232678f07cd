"""What the torture programs share: a simulator, runs, rows, and a verdict.

Every program is called as `NAME.py BUILD [AMOUNT] [SEED]`; it prints its seed
and what it found, and ends with 1 when something is wrong. Same seed, same
choices (the machine's timing is its own). Work lies in one directory of its
own, which goes away, and every child is ended.
"""
import atexit
import collections
import concurrent.futures
import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUILD = os.path.abspath(sys.argv[1])
MQSTAT = os.path.join(BUILD, "mqstat")
WORK = tempfile.mkdtemp(prefix="mqstat-torture.")
LIMIT_S = 120
CHILDREN = set()
WRONG = []

os.chdir(WORK)


def amount(short):
    return int(sys.argv[2]) if len(sys.argv) > 2 else short


SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(10 ** 6)


def chance(*words):
    """A generator of its own for each part of the work."""
    return random.Random(" ".join(map(str, (SEED,) + words)))


def clean_up():
    for child in list(CHILDREN):
        if child.poll() is None:
            child.kill()
            child.wait()
    shutil.rmtree(WORK, ignore_errors=True)


atexit.register(clean_up)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def environment(url, **more):
    env = {"PATH": os.environ["PATH"], "HOME": WORK, "TMPDIR": WORK,
           "LC_ALL": "C.UTF-8", "MQSTAT_ENDPOINT": url, "MQSTAT_USER": "user0",
           "MQSTAT_PASSWORD": "secret0", "MQSTAT_CONFIG": "/dev/null"}
    env.update(more)
    return env


class Simulator:
    """mqstat-sim with an arrival log; `with` ends it."""

    def __init__(self, name, *args, scenario=None):
        self.log = os.path.abspath(name + ".arrivals")
        args = list(args)
        if scenario:
            with open(name + ".scenario", "w", encoding="utf-8") as file:
                file.write(scenario)
            args += ["--scenario", name + ".scenario"]
        self.child = subprocess.Popen(
            [os.path.join(BUILD, "mqstat-sim"), "--log", self.log,
             "--max-time", "7200"] + args,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        CHILDREN.add(self.child)
        self.url = self.child.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        if self.child.poll() is None:
            self.child.terminate()
            self.child.wait()
        self.child.stdout.close()
        CHILDREN.discard(self.child)

    def arrivals(self, ended=True):
        """(ns, id, status) of each request."""
        if ended:
            self.end()
        with open(self.log, encoding="utf-8") as file:
            lines = [line.split() for line in file if line[0] != "#"]
        return [(int(words[0]), words[3], int(words[4])) for words in lines
                if words[2] not in ("CONNECT", "CLOSE")]


def start(args, url, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
          **more):
    child = subprocess.Popen([MQSTAT] + args, env=environment(url, **more),
                             stdin=stdin, stdout=stdout,
                             stderr=subprocess.PIPE)
    CHILDREN.add(child)
    return child


def end(child, limit_s=LIMIT_S):
    """(status, what it said); a run that hangs is killed and told."""
    try:
        _, said = child.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        child.kill()
        _, said = child.communicate()
        wrong("a run did not end in %d s" % limit_s)
    CHILDREN.discard(child)
    return child.returncode, said.decode(errors="replace")


def run(args, url, **more):
    return end(start(args, url, **more))


def faulty(rules, count=None):
    """The environment in which calls fail (tests/faults/preload.c)."""
    env = {"LD_PRELOAD": os.path.join(BUILD, "faults.so"), "FAULTS": rules}
    if count:
        env.update(FAULTS_COUNT=count, MQSTAT_NO_SANDBOX="1")
    return env


def counted(name):
    with open(name, encoding="utf-8") as file:
        return [int(line.split()[-1]) for line in file]


def ids(number, prefix="VIN"):
    return ["%s%07d" % (prefix, i) for i in range(1, number + 1)]


def write_lines(name, lines):
    with open(name, "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
    return name


def slurp(name):
    try:
        with open(name, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


TIMES = ("latency_ms", "checked_at")


def read_rows(data, form="csv"):
    """Rows as tuples, times left out; None when it does not parse or the
    last row is torn."""
    text = data.decode()
    if text and not text.endswith("\n"):
        return None
    try:
        if form == "ndjson":
            rows = [json.loads(line) for line in text.splitlines()]
        else:
            reader = csv.DictReader(
                io.StringIO(text, newline=""), strict=True,
                delimiter="\t" if form == "tsv" else ",")
            rows = list(reader)
        return [tuple(row[name] for name in row if name not in TIMES)
                for row in rows
                if len(row) == 7 and None not in row.values() or
                form == "ndjson" or torn(row)]
    except (ValueError, csv.Error, KeyError):
        return None


def torn(row):
    raise ValueError(row)


def wrong(what):
    WRONG.append(what)
    print("WRONG " + what, flush=True)


def side_by_side(work, items, workers=8):
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, items))


def conclude(name, text):
    print("%s: %s; seed %d, %d wrong" % (name, text, SEED, len(WRONG)))
    sys.exit(1 if WRONG else 0)


def repeats(arrivals):
    """How many queries asked an id once more."""
    count = collections.Counter(words[1] for words in arrivals)
    return sum(count.values()) - len(count)


def now():
    return time.monotonic()


def crowd():
    """How much longer things take because others use the machine, too."""
    return max(1, os.getloadavg()[0] / os.cpu_count())
