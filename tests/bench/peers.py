#!/usr/bin/env python3
"""make bench: mqstat beside its peers on the same machine.

peers.py BUILD [--quick] [SECTION...]

Servers are pinned to core 0 and clients to core 1. Each figure is the median
of its repetitions, the least and the most behind it; a ratio is the median of
the ratios within a repetition, since a machine's speed varies. Prints tables
and keeps them as BUILD/bench/SECTION.csv. Sections: queries latency growth
shapes offline pacing start. Everything stays on loopback and in one temporary
directory. --quick: a twentieth of the work, to see that it works.
"""
import csv
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.path.abspath(sys.argv[1])
QUICK = "--quick" in sys.argv
WORK = tempfile.mkdtemp(prefix="mqstat-peers.")
CSV = os.path.join(BUILD, "bench")
ENV = dict(os.environ, MQSTAT_USER="user0", MQSTAT_PASSWORD="secret0",
           XDG_STATE_HOME=WORK, XDG_RUNTIME_DIR=WORK)
REPS = 1 if QUICK else 3
PAIRS = 1 if QUICK else 5  # beside the others
SERVERS = []

AIOHTTP = """
import asyncio, ssl, sys, aiohttp
url, path, limit, ca = sys.argv[1:5]
async def main():
    tls = ssl.create_default_context(cafile=ca) if ca else True
    pool = aiohttp.TCPConnector(limit=0, ssl=tls)
    auth = aiohttp.BasicAuth("user0", "secret0")
    ids = iter(open(path).read().split())
    async with aiohttp.ClientSession(connector=pool, auth=auth) as session:
        async def worker():
            for id in ids:
                async with session.get(f"{url}/client-id/{id}/status") as got:
                    print(id, (await got.json())["online"])
        await asyncio.gather(*(worker() for _ in range(int(limit))))
asyncio.run(main())
"""


def path(name):
    return os.path.join(WORK, name)


def work(count):
    return max(1000, count // 20) if QUICK else count


def ids(count):
    name = path(f"ids{count}")
    if not os.path.exists(name):
        with open(name, "w", encoding="utf-8") as out:
            out.writelines(f"VIN{i:010d}\n" for i in range(count))
    return name


class Run:
    """One finished client: seconds, CPU seconds, peak RSS in MB, stdout."""

    def __init__(self, args, save=None):
        out, used = path("stdout"), path("used")
        # time(1) forks while it is small: no memory of ours is counted
        args = ["/usr/bin/time", "-q", "-f", "%U %S %M", "-o", used, *args]
        with open(out, "wb") as stdout:
            begin = time.monotonic()
            done = subprocess.run(args, env=ENV, stdin=subprocess.DEVNULL,
                                  stdout=stdout, stderr=subprocess.PIPE,
                                  check=False)
            self.seconds = time.monotonic() - begin
        if done.returncode:
            sys.exit(f"peers.py: {' '.join(args)}: {done.stderr.decode()}")
        with open(used, encoding="utf-8") as text:
            user, system, rss = text.read().split()
        self.cpu = float(user) + float(system)
        self.rss = int(rss) / 1024
        if save:
            os.replace(out, save)
            return
        with open(out, encoding="utf-8", errors="replace") as stdout:
            self.said = stdout.read(100000)


def spawn_ms(args):
    """From the start to the end of a command, and nothing in between."""
    begin = time.monotonic_ns()
    null = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    pid = os.posix_spawn(args[0], args, ENV, file_actions=[null])
    os.waitpid(pid, 0)
    return (time.monotonic_ns() - begin) / 1e6


class Table:
    """Printed as text and kept as CSV."""

    def __init__(self, name, title, columns):
        self.columns, self.rows = columns, []
        self.name, self.title = name, title

    def add(self, *cells):
        self.rows.append([str(cell) for cell in cells])
        print(f"  {self.name}: {' | '.join(self.rows[-1])}", file=sys.stderr,
              flush=True)

    def show(self):
        rows = [self.columns, *self.rows]
        widths = [max(len(row[i]) for row in rows)
                  for i in range(len(self.columns))]
        print(f"\n### {self.title}\n")
        for i, row in enumerate(rows):
            cells = [c.ljust(w) for c, w in zip(row, widths)]
            print("| " + " | ".join(cells) + " |")
            if i == 0:
                print("|" + "|".join("-" * (w + 2) for w in widths) + "|")
        sys.stdout.flush()
        with open(os.path.join(CSV, self.name + ".csv"), "w", newline="",
                  encoding="utf-8") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)


def spread(values, form="{:,.0f}"):
    """median (least-most)"""
    if len(values) == 1:
        return form.format(values[0])
    return "{} ({}-{})".format(*(form.format(v) for v in (
        statistics.median(values), min(values), max(values))))


# ---- servers ----

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_nginx():
    """Answers everybody online, over HTTP and HTTPS: {scheme: URL}."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", path("key"), "-out",
         path("ca")], check=True, capture_output=True)
    ports = free_port(), free_port()
    with open(path("nginx.conf"), "w", encoding="utf-8") as conf:
        conf.write(f"""
daemon off; worker_processes 1; pid {path('pid')}; error_log stderr error;
events {{ worker_connections 4096; }}
http {{
    access_log off; keepalive_requests 1000000000; keepalive_timeout 1h;
    client_body_temp_path {path('t')}; proxy_temp_path {path('t')};
    fastcgi_temp_path {path('t')}; uwsgi_temp_path {path('t')};
    scgi_temp_path {path('t')};
    server {{
        listen 127.0.0.1:{ports[0]} backlog=4096;
        listen 127.0.0.1:{ports[1]} ssl backlog=4096;
        ssl_certificate {path('ca')}; ssl_certificate_key {path('key')};
        location / {{
            default_type application/json; return 200 '{{"online":true}}';
        }}
    }}
}}""")
    SERVERS.append(subprocess.Popen(
        ["taskset", "-c", "0", "nginx", "-p", WORK, "-c", path("nginx.conf")],
        stderr=subprocess.DEVNULL))
    urls = {"HTTP": f"http://127.0.0.1:{ports[0]}",
            "HTTPS": f"https://127.0.0.1:{ports[1]}"}
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", ports[1]), 1).close()
            return urls
        except OSError:
            time.sleep(0.01)
    sys.exit("peers.py: nginx does not start")


def start_sim(*args):
    sim = subprocess.Popen(
        ["taskset", "-c", "0", BUILD + "/mqstat-sim", "--max-time", "3600",
         "--exit-with-stdin", *args], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    SERVERS.append(sim)
    return sim.stdout.readline().strip()


# ---- clients ----

def mqstat(url, file, *args, connections="50", rate="1M", save=None):
    ca = ["--cacert", path("ca")] if url.startswith("https") else []
    return Run([BUILD + "/mqstat", "-q", "-e", url, "-r", rate, "-j",
                str(connections), *ca, *args, file], save)


def curl(url, count, connections):
    ca = ["--cacert", path("ca")] if url.startswith("https") else []
    return Run(["curl", "-s", "-Z", "--parallel-max", str(connections), *ca,
                "-u", "user0:secret0", "-w", "%{url},%{http_code}\\n", "-o",
                "/dev/null",
                f"{url}/client-id/VIN[0000000000-{count - 1:010d}]/status"])


def wrk(url, connections):
    run = Run(["wrk", "-t1", f"-c{connections}", "-d", "1s" if QUICK else "4s",
               url + "/client-id/VIN0000000001/status"])
    per_s = float(re.search(r"Requests/sec:\s+([0-9.]+)", run.said)[1])
    return per_s, run


def ab(url, count, connections):
    run = Run(["ab", "-q", "-k", "-A", "user0:secret0", "-c", str(connections),
               "-n", str(count), url + "/client-id/VIN0000000001/status"])
    return float(re.search(r"Requests per second:\s+([0-9.]+)", run.said)[1]), run


# ---- sections ----

def queries():
    urls = start_nginx()
    table = Table("queries", "Queries a second on one core, nginx 1.22", [
        "scheme", "connections", "client", "queries/s",
        "CPU us a query", "peak RSS MB", "against curl -Z", "against wrk"])
    for scheme, url in urls.items():
        for n in (5, 50, 200):
            measured = measure_clients(scheme, url, n)
            for name, (rates, cpus, rss) in measured.items():
                table.add(scheme, n, name, spread(rates),
                          spread(cpus, "{:.1f}"), f"{rss:.0f}",
                          f"{ratio(rates, measured['curl -Z'][0]):.2f}",
                          f"{100 * ratio(rates, measured['wrk'][0]):.0f} %")
    table.show()


def ratio(rates, others):
    return statistics.median(a / b for a, b in zip(rates, others))


def measure_clients(scheme, url, n):
    count = work(100000)
    measured = {}

    def note(name, rate, run, done):
        rates, cpus, _ = measured.setdefault(name, ([], [], 0))
        rates.append(rate)
        cpus.append(run.cpu / done * 1e6)
        measured[name] = rates, cpus, run.rss

    for _ in range(PAIRS):
        run = mqstat(url, ids(count), connections=n)
        note("mqstat", count / run.seconds, run, count)
        run = curl(url, count, n)
        note("curl -Z", count / run.seconds, run, count)
        rate, run = wrk(url, n)
        note("wrk", rate, run, rate * run.seconds)
        rate, run = ab(url, count, n)
        note("ab -k", rate, run, count)
    if n == 50:
        one = min(count, 500)  # a process for each id
        run = Run(["parallel", "-j", "16", "-a", ids(one), "curl", "-s", *(
            ["--cacert", path("ca")] if scheme == "HTTPS" else []), "-u",
            "user0:secret0", url + "/client-id/{}/status"])
        note("GNU parallel curl", one / run.seconds, run, one)
        few = count // 5
        ca = path("ca") if scheme == "HTTPS" else ""
        run = Run(["/usr/bin/python3", "-c", AIOHTTP, url, ids(few), str(n), ca])
        note("aiohttp", few / run.seconds, run, few)
    return measured


def second_half_per_s(file):
    """From the times in the result: without the opening of connections."""
    with open(file, encoding="utf-8") as lines:
        times = sorted(line.rsplit(",", 1)[1].strip()[11:-1]
                       for line in list(lines)[1:])

    def seconds(text):
        hours, minutes, rest = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(rest)

    half = len(times) // 2
    return half / ((seconds(times[-1]) - seconds(times[-half - 1])) % 86400)


def latency():
    table = Table("latency", "With latency (simulator); new connections are "
                  "paced, 10 and then 50 a second", [
                      "latency", "connections", "client", "queries/s, whole run",
                      "queries/s, second half", "CPU us a query"])
    for delay, cases in ((20, ((50, 10000), (200, 60000), (1000, 500000),
                               ("auto", 100000))),
                         (100, ((200, 20000), ("auto", 20000)))):
        url = start_sim("--latency", f"{delay}ms")
        for n, count in cases:
            count = work(count)
            run = mqstat(url, ids(count), connections=n, save=path("result"))
            table.add(f"{delay} ms", n, "mqstat", f"{count / run.seconds:,.0f}",
                      f"{second_half_per_s(path('result')):,.0f}",
                      f"{run.cpu / count * 1e6:.1f}")
            if n in (50, 200):
                run = curl(url, count, n)
                table.add(f"{delay} ms", n, "curl -Z",
                          f"{count / run.seconds:,.0f}", "",
                          f"{run.cpu / count * 1e6:.1f}")
    table.show()


def growth():
    url = start_nginx()["HTTP"]
    table = Table("growth", "Time and memory by rows, 50 connections", [
        "rows", "client", "seconds", "us a row", "CPU us a row", "peak RSS MB",
        "bytes an id for duplicates"])
    for count in (10000, 100000, 1000000, 10000000):
        count = work(count)
        plain = mqstat(url, ids(count), "--no-dedup", "-o", path("out.csv"))
        dedup = mqstat(url, ids(count), "-o", path("out.csv"))
        runs = [("mqstat --no-dedup", plain, ""),
                ("mqstat", dedup,
                 f"{(dedup.rss - plain.rss) * 1048576 / count:.1f}")]
        if count <= 1000000:
            runs.append(("curl -Z", curl(url, count, 50), ""))
        for name, run, each in runs:
            table.add(f"{count:,}", name, f"{run.seconds:.2f}",
                      f"{run.seconds / count * 1e6:.2f}",
                      f"{run.cpu / count * 1e6:.2f}", f"{run.rss:.1f}", each)
    table.show()


def generate(name, count, line):
    with open(path(name), "w", encoding="utf-8") as out:
        out.writelines(line(i) for i in range(count))
    return path(name)


def shapes():
    url = start_nginx()["HTTP"]
    count = work(1000000)
    table = Table("shapes", "Shapes of input and output, 50 connections", [
        "input", "rows", "rows/s", "CPU us a row", "peak RSS MB"])
    cells = ",".join(f"cell{i}" for i in range(19))
    header = "vin," + ",".join(f"column{i}" for i in range(19)) + "\n"
    cases = [
        (f"duplicates {share} %", count,
         lambda i, d=share: f"VIN{i * (100 - d) // 100:010d}\n", "ids.txt", [])
        for share in (0, 50, 99)]
    cases += [
        ("--keep all, 20 columns", count // 5,
         lambda i: (header if i == 0 else "") + f"VIN{i:010d},{cells}\n",
         "wide.csv", ["-c", "vin", "--keep", "all"]),
        ("NDJSON in and out", count // 5,
         lambda i: f'{{"client_id":"VIN{i:010d}","model":"A"}}\n',
         "ids.ndjson", ["--keep", "model", "-t", "ndjson"])]
    for name, rows, line, file, args in cases:
        runs = []
        generate(file, rows, line)
        for _ in range(REPS):
            runs.append(mqstat(url, path(file), "-o", path("out"), *args))
        table.add(name, f"{rows:,}", spread([rows / r.seconds for r in runs]),
                  spread([r.cpu / rows * 1e6 for r in runs], "{:.2f}"),
                  f"{runs[-1].rss:.1f}")
    table.show()


def offline():
    count = work(10000000)
    table = Table("offline", "All but the network: --dry-run", [
        "input", "rows", "rows/s", "peak RSS MB"])
    file = ids(count)
    wide = generate("dry.csv", count, lambda i: (
        "vin,model\n" if i == 0 else "") + f"VIN{i:010d},A\n")
    for name, args in (("lines", [file]), ("lines, --no-dedup",
                                           ["--no-dedup", file]),
                       ("csv, --no-dedup", ["--no-dedup", "-c", "vin", wide])):
        runs = [Run([BUILD + "/mqstat", "--dry-run", "-e", "http://127.0.0.1:9",
                     *args]) for _ in range(REPS)]
        table.add(name, f"{count:,}", spread([count / r.seconds for r in runs]),
                  f"{runs[-1].rss:.1f}")
    table.show()


def pacing():
    url = start_nginx()["HTTP"]
    count = work(200000)
    table = Table("pacing", "The cost of a rate", [
        "what", "rate", "starts/s", "CPU us a query", "of a core"])
    for rate in ("1000", "20000"):
        said = [Run([BUILD + "/bench/pacing", rate, "1" if QUICK else "4"])
                .said.split() for _ in range(REPS)]
        table.add("pacing alone", rate, spread([float(s[0]) for s in said]), "",
                  spread([float(s[1]) for s in said], "{:.1f} %"))
    for rate in ("1M", "20000"):
        runs = [mqstat(url, ids(count), rate=rate) for _ in range(REPS)]
        table.add("whole run", rate, spread([count / r.seconds for r in runs]),
                  spread([r.cpu / count * 1e6 for r in runs], "{:.2f}"),
                  spread([100 * r.cpu / r.seconds for r in runs], "{:.1f} %"))
    table.show()


def start():
    url = start_sim("--log", path("arrivals"))
    program = BUILD + "/mqstat"
    commands = {
        "true": ["/bin/true"], "curl --version": ["/usr/bin/curl", "--version"],
        "mqstat --help": [program, "--help"],
        "libraries loaded, libcurl started, no more": [BUILD + "/bench/floor"]}
    asks = [program, "-q", "-e", url, "-r", "100", ids(1)]
    waits = {name: [] for name in commands}
    begun = []
    for _ in range(5 if QUICK else 50):  # in turn: the machine's speed varies
        for name, args in commands.items():
            waits[name].append(spawn_ms(args))
        begun.append(time.monotonic_ns())
        spawn_ms(asks)
    with open(path("arrivals"), encoding="utf-8") as lines:
        arrived = [int(line.split()[0]) for line in lines if line[0] != "#"]
    waits["mqstat, until its first query has arrived"] = [
        (a - b) / 1e6 for a, b in zip(arrived, begun)]
    table = Table("start", "Start-up", ["command", "ms"])
    for name, each in waits.items():
        table.add(name, spread(each, "{:.2f}"))
    table.show()


SECTIONS = {"queries": queries, "latency": latency, "growth": growth,
            "shapes": shapes, "offline": offline, "pacing": pacing,
            "start": start}


def main():
    chosen = [arg for arg in sys.argv[2:] if not arg.startswith("--")]
    os.makedirs(CSV, exist_ok=True)
    os.sched_setaffinity(0, {1})  # and so of all clients
    for name, section in SECTIONS.items():
        if not chosen or name in chosen:
            section()
            stop_servers()


def stop_servers():
    while SERVERS:
        server = SERVERS.pop()
        server.terminate()
        server.wait()


try:
    main()
finally:
    stop_servers()
    shutil.rmtree(WORK, ignore_errors=True)
