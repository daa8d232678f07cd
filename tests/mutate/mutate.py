#!/usr/bin/env python3
"""mutate.py BUILD [MODULE...]: would the tests notice a mistake?

Makes small mistakes, one at a time, in the sources of the modules that
tests/mutate/modules names, and runs the module's unit tests and, when these
notice nothing, its command line cases. A mistake that nobody notices must
stand in tests/mutate/survivors with the reason; prints the others, and at
the end `N passed, N failed`, by modules.

MUTATE_MOST  mutants tried of each module (0: all)
MUTATE_SEED  which ones: the same seed and the same line, the same mutant
The compiler and its flags come from the environment, see the Makefile.
"""
import concurrent.futures
import hashlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time

HERE = "tests/mutate/"
MOST = int(os.environ.get("MUTATE_MOST", "60"))
SEED = os.environ.get("MUTATE_SEED", "1")
CC = shlex.split(os.environ["CC"] + " " + os.environ["MUTATE_CFLAGS"]) + ["-w"]
LIBS = shlex.split(os.environ["MUTATE_LIBS"])
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
# Not in the text of the program: comments, strings, macros, assertions.
SILENT = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\])+\'|'
                    r'^[ \t]*#[^\n]*|\b(?:static_)?assert\([^;]*;', re.S | re.M)
SWAPS = {"<": ["<=", ">="], ">": [">=", "<="], "<=": ["<", ">"],
         ">=": [">", "<"], "==": ["!="], "!=": ["=="], "&&": ["||"],
         "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"],
         "%": ["/"], "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="],
         "++": ["--"], "--": ["++"], "&": ["|"], "|": ["&"], "<<": [">>"],
         ">>": ["<<"], "|=": ["&="], "&=": ["|="], "!": [""]}
TOKEN = re.compile(r"\w[\w.]*|->|<<=|>>=|\+\+|--|<<|>>|[-+*/%&|<>=!]=|&&|\|\||"
                   r"[-+*/%&|<>=!~^]|[^\s\w]")
STATEMENT = re.compile(r"(?<=[;{})])(\s+)((?!return\b|static\b|case\b|enum\b|"
                       r"struct\b|const\b)[\w(*+-][^;{}]*;)")
CONDITION = re.compile(r"\b(?:if|while) (?=\()")
RETURN = re.compile(r"\breturn ([^;]+);")


def masked(text):
    return SILENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def number_changes(token):
    if re.fullmatch(r"\d+", token):
        return [str(int(token) + 1), str(int(token) - 1)]
    if re.fullmatch(r"\d+\.\d+|\d+e\d+", token):
        return [token + " * 2", token + " / 2"]
    return []


def closing(text, at):
    depth = 0
    for end in range(at, len(text)):
        depth += (text[end] == "(") - (text[end] == ")")
        if depth == 0:
            return end + 1
    return at


def changes(text):
    """Yields (start, end, replacement): every mutant of a source."""
    before = ""
    for m in TOKEN.finditer(text):
        token = m.group()
        unary = not re.fullmatch(r"\w.*|[])]", before) or before == "return"
        if token not in ("&", "*", "-", "+") or not unary:
            news = SWAPS.get(token, number_changes(token))
            if text[:m.start()].endswith("] = "):  # a table of flags
                news = news[1:]
            for new in news:
                yield m.start(), m.end(), new
        before = token
    for m in STATEMENT.finditer(text):
        yield m.start(2), m.end(2), ";"
    for m in CONDITION.finditer(text):
        end = closing(text, m.end())
        yield m.end(), end, "(!" + text[m.end():end] + ")"
    for m in RETURN.finditer(text):
        for new in {"0", "1"} - {m.group(1)}:
            yield m.start(1), m.end(1), new


def function_at(text, at):
    names = re.findall(r"^\w[^;={}()]*?(\w+)\([^;={}]*\)\n\{", text[:at], re.M)
    return names[-1] if names else "(top)"


def mutants(path, text):
    """The mutants of a file, by name: its text with one change."""
    quiet, found, seen = masked(text), {}, {}
    for start, end, new in changes(quiet):
        line = text[text.rfind("\n", 0, start) + 1:text.find("\n", end)]
        old = " ".join(text[start:end].split())
        name = f"{path} {function_at(text, start)}: " + \
            f"{' '.join(line.split())[:100]} | {old[:60]} -> {new[:64]}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name += f" #{seen[name]}"
        found[" ".join(name.split())] = text[:start] + new + text[end:]
    return found


def key(name):
    return hashlib.sha256((SEED + name).encode()).hexdigest()


def run(command, directory, limit=60):
    """The status of a command; None when it takes too long."""
    with subprocess.Popen(command, cwd=directory, start_new_session=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, env=ENV) as child:
        try:
            return child.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            return None


def build_object(source, text, directory, flags=()):
    """Compiles text as the file source; the object's path, or None."""
    name = os.path.join(directory, os.path.basename(source))
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    made = name[:-2] + ".o"
    failed = run(CC + [*flags, "-c", "-o", made, os.path.basename(name)],
                 directory)
    return None if failed else made


def noticed(name, text, source, module, directory):
    """Do the module's tests, plain and with sanitizers, and then its cases,
    if it is not listed, notice the mutant?"""
    for flags in [], SANITIZE:
        mutant = build_object(source, text, directory, flags)
        for test in module["tests"]:
            program = os.path.join(directory, "test")
            if run(CC + flags + ["-o", program, test, mutant] + TEST_LIBS,
                   directory):
                sys.exit(f"mutate: {name}: cannot be linked")
            if run([program], directory, module["limit"]) != 0:
                return True
    if not module["cases"] or name in module["listed"]:
        return False
    mutant = build_object(source, text, directory)
    build = os.path.join(directory, "build")
    os.makedirs(build, exist_ok=True)
    run(CC + ["-o", "build/mqstat", MAIN, mutant] + TEST_LIBS, directory)
    run(["ln", "-sf", os.path.join(BUILD, "mqstat-sim"), build], directory)
    return run([os.path.join(ROOT, "tests/run.sh"), build] + module["cases"],
               directory, 120) != 0


def try_mutant(name, text, source, plain, module):
    """killed, survived, or nothing: the compiler refuses it or makes the
    same of it."""
    with tempfile.TemporaryDirectory(dir=WORK) as directory:
        mutant = build_object(source, text, directory)
        if not mutant:
            return ""
        with open(mutant, "rb") as file:
            if file.read() == plain:
                return ""
        alive = not noticed(name, text, source, module, directory)
        return "survived" if alive else "killed"


def prepare(words, listed):
    """A row of tests/mutate/modules: NAME SOURCE.c... test_X... AREA/CASE..."""
    module = {"name": words[0], "cases": [w for w in words if "/" in w],
              "sources": [f"src/{w}" for w in words if w.endswith(".c")],
              "tests": [], "limit": 10, "listed": listed}
    for test in [w for w in words if w.startswith("test_")]:
        made = os.path.join(WORK, test + ".o")
        program = os.path.join(WORK, test)
        run(CC + ["-c", "-o", made, f"tests/unit/{test}.c"], ROOT)
        run(CC + ["-o", program, made] + TEST_LIBS, ROOT)
        start = time.monotonic()
        if run([program], WORK) != 0:
            sys.exit(f"mutate: {test} fails without any mutant")
        module["limit"] = max(module["limit"], 20 * (time.monotonic() - start))
        module["tests"].append(made)
    return module


def check(module, listed):
    """Tries a module's mutants; prints; returns whether all is well."""
    found, plain, results = {}, {}, {}
    for source in module["sources"]:
        text = open(source, encoding="utf-8").read()
        with tempfile.TemporaryDirectory(dir=WORK) as directory:
            with open(build_object(source, text, directory), "rb") as file:
                plain[source] = file.read()
        for name, mutant in mutants(source, text).items():
            found[name] = (mutant, source)
    names = sorted(found, key=key)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        at, most = 0, MOST or len(names)
        while at < len(names) and len(results) < most:
            part = names[at:at + most - len(results)]
            at += len(part)
            for name, result in zip(part, pool.map(
                    lambda n: try_mutant(n, found[n][0], found[n][1],
                                         plain[found[n][1]], module), part)):
                if result:
                    results[name] = result
    alive = [n for n in results if results[n] == "survived"]
    new = [n for n in alive if n not in listed]
    stale = [n for n in listed if n.split()[0] in module["sources"] and
             (n not in found or results.get(n) == "killed")]
    killed = len(results) - len(alive)
    few = killed < 0.9 * (len(results) - len(alive) + len(new))
    print(f"{'FAIL' if new or stale or few else 'ok'} {module['name']}: "
          f"{killed} of {len(results)} killed "
          f"({100 * killed / max(1, len(results)):.0f} %), "
          f"{len(alive) - len(new)} listed survivors, "
          f"of {len(found)} possible")
    for name in new:
        print(f"  survived: {name}")
    for name in stale:
        print(f"  listed, but killed or gone: {name}")
    sys.stdout.flush()
    return not (new or stale or few)


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file
                if line.strip() and not line.startswith("#")]


def main():
    # Survivors are indented below the reason that holds for them.
    listed = {row.strip() for row in rows(HERE + "survivors")
              if row.startswith(" ")}
    modules = [row.split() for row in rows(HERE + "modules")]
    wanted = sys.argv[2:] or [words[0] for words in modules]
    good = [check(prepare(words, listed), listed)
            for words in modules if words[0] in wanted]
    print(f"{sum(good)} passed, {len(good) - sum(good)} failed")
    sys.exit(not good or not all(good))


if __name__ == "__main__":
    ROOT, BUILD = os.getcwd(), os.path.abspath(sys.argv[1])
    TEST_LIBS = [os.path.join(BUILD, "libmqstat-sim.a"),
                 os.path.join(BUILD, "libmqstat.a")] + LIBS
    MAIN = os.path.join(BUILD, "obj/main.o")
    ENV = {**os.environ, "CMOCKA_TEST_ABORT": "1"}
    with tempfile.TemporaryDirectory(prefix="mqstat-mutate.") as WORK:
        main()
