#!/usr/bin/env python3
"""A nasty fleet, and a check of what became of it.

nasty.py make ROWS FILE.csv      writes the fleet (BOM, CRLF, odd ids)
nasty.py check FILE.csv RESULT   compares a result with it; RESULT ends in
                                 .csv or .ndjson; exits 1 on a difference
nasty.py again FILE.csv RESULT   the same for a result that was made from a
                                 result: its unreadable rows have empty ids
The simulator's rule for an id is FNV-1a 64 modulo 10,000 < 7,000.
"""
import csv
import json
import random
import sys

SHARE = 7000
KINDS = ["plain", "digits", "comma", "quote", "newline", "cjk", "emoji",
         "path", "percent", "blank", "zeros", "na", "again", "empty",
         "short", "dots", "formula", "control"]


def make_id(kind, i):
    return {
        "plain": f"VIN{i:07d}", "digits": str(306520284186458 + i),
        "comma": f"a,{i}", "quote": f'q"{i}""', "newline": f"n\r\n{i}\n",
        "cjk": f"车辆{i}号", "emoji": f"🚗{i}é", "path": f"a/b?c#{i}",
        "percent": f"%2e%2E+{i}&x=%", "blank": f"  b {i}\t ",
        "zeros": f"000{i}", "na": "NA", "again": f"VIN{i // 2:07d}",
        "empty": "", "short": None, "dots": "." * (i % 4),
        "formula": f"=1+{i}", "control": f"c\x1b[31m\x07{i}",
    }[kind]


def make(rows, path):
    random.seed(7)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("\ufeff")
        cell = csv.writer(out, lineterminator="\r\n")
        cell.writerow(["model", "vin", "note \"odd\""])
        for i in range(rows):
            vin = make_id(random.choice(KINDS), i)
            note = random.choice(["", "x,y", 'say "hi"', "two\nlines", "北京"])
            cell.writerow(["m"] if vin is None else [f"m{i % 7}", vin, note])


def online(vin):
    value = 0xcbf29ce484222325
    for byte in vin.encode():
        value = (value ^ byte) * 0x100000001b3 % 2**64
    return value % 10000 < SHARE


def expect(row):
    """(client_id, online, error, kept note) of an input row."""
    if len(row) < 3:
        return ("", None, "bad_row", "")
    vin, note = row[1], row[2]
    if vin in ("", ".", ".."):
        return (vin, None, "bad_client_id", note)
    return (vin, online(vin), "", note)


def read_result(path):
    if path.endswith(".ndjson"):
        with open(path, encoding="utf-8", newline="\n") as lines:
            for line in lines:
                row = json.loads(line)
                yield (row["client_id"], row["online"], row["error"] or "",
                       row['note "odd"'] or "")
        return
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            value = {"true": True, "false": False, "": None}[row["online"]]
            yield (row["client_id"], value, row["error"], row['note "odd"'])


def check(fleet, result, bad_row):
    with open(fleet, encoding="utf-8-sig", newline="") as lines:
        wanted = [expect(row) for row in list(csv.reader(lines))[1:]]
    wanted = [(vin, value, bad_row if error == "bad_row" else error, note)
              for vin, value, error, note in wanted]
    got = list(read_result(result))
    if len(got) != len(wanted):
        sys.exit(f"{len(wanted)} rows in, {len(got)} rows out")
    for number, pair in enumerate(zip(wanted, got), 1):
        if pair[0] != pair[1]:
            sys.exit(f"row {number}: wanted {pair[0]!r}, got {pair[1]!r}")
    print(f"{len(got)} rows as they should be")


if sys.argv[1] == "make":
    make(int(sys.argv[2]), sys.argv[3])
else:
    check(sys.argv[2], sys.argv[3],
          "bad_row" if sys.argv[1] == "check" else "bad_client_id")
