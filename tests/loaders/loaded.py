#!/usr/bin/env python3
"""loaded.py RESULT: does what a tool has loaded equal the result?

RESULT is .csv or .ndjson and read by python itself. Standard input has the
tool's rows: as JSON, one array or one object a line, or as CSV.
Values are compared as what they stand for: NULL and an empty cell are one,
booleans by any name, numbers by value, times by instant.
"""
import csv
import datetime
import io
import json
import sys

NUMBERS = ("http_status", "attempts", "latency_ms")


def instant(text):
    text = text.replace("Z", "+00:00").replace(" ", "T")
    if text[-3] in "+-":  # PostgreSQL's +00
        text += ":00"
    at = datetime.datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)


def meaning(name, value):
    if value is None or value == "":
        return None
    if name == "online":
        return {"true": True, "t": True, "false": False, "f": False}[
            str(value).lower()]
    if name in NUMBERS:
        return float(value)
    return instant(str(value)) if name == "checked_at" else value


def read_rows(text):
    if text.startswith("["):
        return json.loads(text)
    if text.startswith("{"):
        return [json.loads(line) for line in text.split("\n") if line]
    return list(csv.DictReader(io.StringIO(text, newline="")))


with open(sys.argv[1], newline="", encoding="utf-8") as file:
    expected = read_rows(file.read())
loaded = read_rows(sys.stdin.buffer.read().decode())
if len(loaded) != len(expected):
    sys.exit(f"{len(loaded)} rows were loaded, of {len(expected)}")
for number, (row, want) in enumerate(zip(loaded, expected), 1):
    if list(row) != list(want):
        sys.exit(f"row {number} has the columns {list(row)}")
    for name in want:
        got = meaning(name, row[name])
        if got != meaning(name, want[name]) or \
                isinstance(got, float) and name == "client_id":
            sys.exit(f"row {number}, {name}: {row[name]!r} for {want[name]!r}")
print(len(loaded), "rows, the same")
