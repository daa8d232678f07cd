#!/usr/bin/env python3
"""Secrets stay secret: canary.py BUILD [AMOUNT] [SEED]

Every scenario runs with a password of its own, canary-..., and then looks for
it, and for the login as it travels, in everything that the run made or showed:
arguments and environment in /proc while it runs, both outputs with -v, every
file in its directory. Files that hold the password by intention, and the
simulator's, lie elsewhere. Modes of what is left are checked, too.
"""
import base64
import os
import select
import signal
import stat

import lab

FORMATS = ("csv", "tsv", "ndjson", "json")
SOURCES = ("file", "variable", "netrc", "directory", "stdin", "fifo")
ENDS = ("good", "wrong", "echo", "int", "term", "kill", "segv", "full",
        "unreachable", "garbage", "too_few_files")


class Scenario:
    def __init__(self, number):
        self.pick = lab.chance("canary", number)
        self.password = "canary-%d-%08x" % (number, self.pick.getrandbits(32))
        self.end = ENDS[number % len(ENDS)]
        self.source = SOURCES[number % len(SOURCES)]
        self.to = self.pick.choice(FORMATS)
        self.place = os.path.abspath("canary%d" % number)
        self.safe = self.place + ".safe"
        os.makedirs(self.place + "/state")
        os.makedirs(self.safe)
        self.tls = self.pick.random() < 0.3
        self.text = "%d (%s from %s, %s%s)" % (
            number, self.end, self.source, self.to, ", TLS" * self.tls)
        self.needles = [self.password.encode()] + [
            base64.b64encode(b"user0:" + self.password.encode())[:-4],
            base64.b64encode(self.password.encode())[:-4]]

    def secret(self, name, text):
        path = os.path.join(self.safe, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w",
                  encoding="utf-8") as file:
            file.write(text)
        return path

    def login(self):
        """Arguments, environment, what standard input says."""
        if self.source == "variable":
            return [], {"MQSTAT_PASSWORD": self.password}, None
        if self.source == "netrc":
            text = "machine 127.0.0.1 login user0 password " + self.password
            return ["--netrc=" + self.secret("netrc", text)], {}, None
        if self.source == "directory":
            self.secret("mqstat-password", self.password + "\n")
            return [], {"CREDENTIALS_DIRECTORY": self.safe}, None
        if self.source == "stdin":
            return ["--password-file", "-"], {}, self.password + "\n"
        if self.source == "fifo":
            os.mkfifo(self.safe + "/fifo", 0o600)
            return ["--password-file", self.safe + "/fifo"], {}, None
        return ["--password-file", self.secret("file", self.password)], {}, None

    def simulator(self):
        server = self.password if self.end != "wrong" else "another"
        args = ["--password-file", self.secret("server", server),
                "--latency", "20ms"]
        if self.tls:
            args += ["--tls", "--tls-ca-out", self.place + "/ca.pem"]
        rules = {"echo": 'share=30%% status=500 body="%s" header="X: %s"',
                 "garbage": 'share=30%% raw="%s\\r\\n%s"'}
        rule = rules.get(self.end)
        return lab.Simulator(self.safe + "/sim", *args, scenario=rule and
                             rule % (self.password, self.password))


def look_at_process(scenario, child):
    """What others, and root, see of it while it runs."""
    seen = b""
    for name in ("cmdline", "environ"):
        try:
            with open("/proc/%d/%s" % (child.pid, name), "rb") as file:
                seen += file.read()
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            pass
    judge(scenario, "/proc", seen)


def judge(scenario, where, data):
    for needle in scenario.needles:
        if needle in data:
            lab.wrong("scenario %s: the password is in %s" %
                      (scenario.text, where))


def run(scenario, sim):
    arguments, env, typed = scenario.login()
    env.setdefault("MQSTAT_PASSWORD", "")
    out = os.path.join(scenario.place, "out." + scenario.to)
    rows = lab.write_lines(os.path.join(scenario.place, "in.txt"), lab.ids(40))
    url = "http://127.0.0.1:1" if scenario.end == "unreachable" else sim.url
    arguments += ["-v", "-r", "auto", "--max-rate", "200", "--retries", "0",
                  "--give-up-after", "50ms", rows]
    arguments += ["-t", scenario.to]
    if scenario.end == "full":
        arguments += ["-o", "/dev/full"]
    elif scenario.end == "too_few_files":
        arguments += ["-o", scenario.place + "/none/out"]
    else:
        arguments += ["-o", out]
    if scenario.tls:
        arguments += ["--cacert", scenario.place + "/ca.pem"]
    child = lab.start(arguments, url, stdin=lab.subprocess.PIPE,
                      stdout=lab.subprocess.PIPE, TMPDIR=scenario.place,
                      XDG_STATE_HOME=scenario.place + "/state", **env)
    if scenario.source == "fifo":
        with open(scenario.safe + "/fifo", "w", encoding="utf-8") as file:
            file.write(scenario.password)
    if typed:
        child.stdin.write(typed.encode())
    child.stdin.close()
    child.stdin = None
    # its first word, which -v has it say soon, or its end
    select.select([child.stderr], [], [], lab.LIMIT_S)
    if child.poll() is None:
        look_at_process(scenario, child)
    number = {"int": signal.SIGINT, "term": signal.SIGTERM,
              "kill": signal.SIGKILL, "segv": signal.SIGSEGV}
    lab.time.sleep(0.1 * scenario.pick.random())  # any moment will do
    if scenario.end in number and child.poll() is None:
        child.send_signal(number[scenario.end])
    told, said = child.communicate(timeout=lab.LIMIT_S)
    lab.CHILDREN.discard(child)
    judge(scenario, "standard output", told)
    judge(scenario, "standard error", said)
    return bool(said)


def look_at_files(scenario):
    for top, _, names in os.walk(scenario.place):
        for name in names:
            path = os.path.join(top, name)
            judge(scenario, path, lab.slurp(path))
            mode = stat.S_IMODE(os.stat(path).st_mode)
            if "/state/" in path and mode != 0o600:
                lab.wrong("scenario %s: %s has mode %o" %
                          (scenario.text, path, mode))
            if name.startswith("core"):
                lab.wrong("scenario %s: %s" % (scenario.text, path))


def one(number):
    scenario = Scenario(number)
    with scenario.simulator() as sim:
        said = run(scenario, sim)
    look_at_files(scenario)
    return said


def main():
    total = lab.amount(66) # each source with each end
    said = sum(lab.side_by_side(one, range(total), 4))
    if said < 0.9 * total: # a few are ended before they can
        lab.wrong("only %d runs said anything" % said)
    lab.conclude("canary", "%d scenarios, the password and its two base64 "
                 "forms in none" % total)


main()
