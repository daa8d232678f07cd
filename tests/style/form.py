#!/usr/bin/env python3
"""form.py BUILD: the house's form, checked from the source's text.

Each rule is a function that yields (subject, what is wrong). tests/style/
layers says who may include whom, tests/style/allowed what is let through.
"""
import fnmatch
import glob
import os
import re
import statistics
import subprocess
import sys

STYLE = "tests/style/"
SOURCES = sorted(glob.glob("src/*.c"))
HEADERS = sorted(glob.glob("src/*.h"))
SIM = sorted(glob.glob("src/sim/*.[ch]"))
UNITS = sorted(glob.glob("tests/unit/*.[ch]") + glob.glob("tests/fuzz/*.[ch]"))
ALL = SOURCES + HEADERS + SIM + UNITS
CONTROL = re.compile(r"( *)(?:\} )?(?:if|else|for|while|do|switch)\b")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def config(path):
    lines = [line.split() for line in read(path).splitlines()]
    return [line for line in lines if line and not line[0].startswith("#")]


def module(path):
    return os.path.splitext(os.path.basename(path))[0]


LAYERS = config(STYLE + "layers")
RANKS = [words[2:] for words in LAYERS if words[0] == "layer"]
FAMILY = {m: words[1] for words in LAYERS if words[0] == "family"
          for m in words[2:]}
FREE = {m for words in LAYERS if words[0] == "free" for m in words[1:]}
HOMES = {words[1]: words[2:] for words in LAYERS if words[0] == "home"}


def head(name):
    """The module that stands for name's family in the table of layers."""
    name = FAMILY.get(name, name)
    known = [m for rank in RANKS for m in rank]
    return name if name in known else name.split("_")[0]


def rank(name):
    for at, names in enumerate(RANKS):
        if head(name) in names:
            return at
    return None


def layers():
    for path in SOURCES + HEADERS:
        mine = module(path)
        if mine in FREE:
            continue
        if rank(mine) is None:
            yield path, "has no layer in tests/style/layers"
            continue
        for name in re.findall(r'^#include "(.+)\.h"', read(path), re.M):
            if name == mine or name in FREE or head(name) == head(mine):
                continue
            if rank(name) is None or rank(name) >= rank(mine):
                yield path, "includes %s.h, which is not below it" % name


def sim_layers():
    """The simulator's order is the map at the top of its main.c."""
    names = re.findall(r"^ \*   (\w+(?:, \w+)*)  ", read("src/sim/main.c"), re.M)
    order = {m: at for at, m in enumerate(", ".join(names).split(", "))}
    base = {m for rank_of in RANKS[:2] for m in rank_of} | FREE
    for path in SIM:
        mine = module(path)
        if mine not in order:
            yield path, "is not in the map of src/sim/main.c"
            continue
        for name in re.findall(r'^#include "(.+)\.h"', read(path), re.M):
            other = name[4:] if name.startswith("sim/") else None
            if other == mine or name in base:
                continue
            if order.get(other, -1) <= order[mine]:
                yield path, "includes %s.h, which is not below it" % name


def file_map():
    text = read("src/main.c").split("*/")[0]
    names = set(re.findall(r"\w+", text))
    for path in SOURCES:
        if module(path) not in names:
            yield path, "is not in the map of src/main.c"


def headers():
    for path in SOURCES + HEADERS:
        for name in re.findall(r"^#include <(.+)>", read(path), re.M):
            for prefix, homes in HOMES.items():
                if name.startswith(prefix) and not any(
                        fnmatch.fnmatch(module(path), home) for home in homes):
                    yield path, "includes <%s>, at home in %s" % (
                        name, " ".join(homes) or "src/sim")


def functions():
    """name, complexity and lines of each function, by pmccabe."""
    said = subprocess.run(["pmccabe"] + SOURCES, capture_output=True, text=True,
                          check=True).stdout
    for line in said.splitlines():
        words = line.replace("\t", " ").split()
        path = words[5].split("(")[0]
        yield path + ":" + words[-1], int(words[0]), int(words[4])


def at_share(numbers, share):
    numbers = sorted(numbers)
    return numbers[min(len(numbers) - 1, int(len(numbers) * share))]


def over(what, found, most):
    if found > most:
        yield what, "%.4g is over %.4g" % (found, most)


def lengths():
    lines = [f[2] for f in functions()]
    for name, _, count in functions():
        most = 59 if name.endswith(":main") else 60
        yield from over(name, count, most)
    yield from over("median", statistics.median(lines), 12)
    yield from over("p95", at_share(lines, 0.95), 40)


def complexity():
    numbers = [f[1] for f in functions()]
    for name, number, _ in functions():
        yield from over(name, number, 15)
    yield from over("mean", statistics.mean(numbers), 3.5)
    yield from over("p90", at_share(numbers, 0.9), 7)


def bodies():
    """path, line, head and body of each function; a brace in column 1."""
    for path in SOURCES:
        text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", "", m[0]),
                      read(path), flags=re.S)
        for found in re.finditer(r"^([^\s#}{][^;{}]*\))\n\{\n(.*?)^\}", text,
                                 re.M | re.S):
            yield path, found[1], found[2]


def name_of(function_head):
    return re.search(r"(\w+)\(", function_head)[1]


def parameters():
    for path, function_head, _ in bodies():
        inside = function_head[function_head.index("(") + 1:-1]
        flat = re.sub(r"\([^()]*\)", "", inside)
        yield from over("%s:%s" % (path, name_of(function_head)),
                        flat.count(",") + 1, 5)


def nesting():
    """By indentation, which clang-format keeps right."""
    for path, function_head, body in bodies():
        depths = [len(m[1]) // 4 for m in map(CONTROL.match, body.split("\n"))
                  if m]
        yield from over("%s:%s" % (path, name_of(function_head)),
                        max(depths, default=0), 4)


def files():
    counts = {path: read(path).count("\n") for path in SOURCES}
    for path, count in counts.items():
        yield from over(path, count, 500)
    yield from over("median", statistics.median(counts.values()), 180)


def columns():
    for path in ALL:
        for at, line in enumerate(read(path).split("\n"), 1):
            if len(line) > 80:
                yield "%s:%d" % (path, at), "%d columns" % len(line)
            if re.search(r"[ \t\r]$|\t", line):
                yield "%s:%d" % (path, at), "tab or blank at the end"


def marks():
    for path in ALL:
        for at, line in enumerate(read(path).split("\n"), 1):
            if re.search(r"\b(TODO|FIXME|XXX)\b(?! *\(?#\d)", line):
                yield "%s:%d" % (path, at), line.strip()


def typedefs():
    for path in ALL:
        for found in re.finditer(r"^typedef\s+(struct|union|enum)\b.*",
                                 read(path), re.M):
            yield path, found[0]


def opening():
    for path in ALL:
        if not read(path).startswith("/*"):
            yield path, "does not begin with what it is for"


def globals_():
    said = subprocess.run(["objdump", "-t", sys.argv[1] + "/libmqstat.a"],
                          capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        if re.search(r"^[0-9a-f]+ g +O +(\.data|\.bss|\*COM\*)\t", line):
            yield line.split()[-1], "is a mutable global"


def cases():
    counts = {}
    for path in glob.glob("tests/cli/*/*.sh"):
        lines = [line for line in read(path).split("\n")
                 if line.strip() and not line.startswith("#")]
        counts[path] = len(lines)
        yield from over(path, len(lines), 8)
    print("# %d cases, median %g lines" % (
        len(counts), statistics.median(counts.values())))


RULES = (layers, sim_layers, file_map, headers, lengths, complexity,
         parameters, nesting, files, columns, marks, typedefs, opening,
         globals_, cases)


def main():
    allowed = {(w[0], w[1]): w[2:] for w in config(STYLE + "allowed")}
    used = set()
    failed = 0
    for rule in RULES:
        name = rule.__name__.strip("_")
        found = []
        for subject, wrong in rule():
            if allowed.get((name, subject)):
                used.add((name, subject))
            else:
                found.append("%s: %s" % (subject, wrong))
        failed += bool(found)
        for line in found:
            print("FAIL %s: %s" % (name, line))
        if not found:
            print("ok %s" % name)
    idle = [entry for entry in allowed if entry not in used]
    for entry in idle:
        print("FAIL allowed: %s %s: not needed, or without a reason" % entry)
    if not idle:
        print("ok allowed")
    return failed + bool(idle)


sys.exit(1 if main() else 0)
