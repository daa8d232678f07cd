"""Fabricated answers: bodies.py make N DIR writes DIR/bodies (a scenario) and
DIR/ids; bodies.py check DIR RESULT fails unless each row of the csv says
online or offline where a strict reader of the body does, else bad_response.

Every other id has no rule, so that the run meets good answers in between.
"""
import csv
import json
import random
import sys

PIECES = [b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"true", b"false",
          b"null", b"online", b'"online":', b"\\u006f", b"\\u0000", b"0",
          b"1", b"-", b"e", b" ", b"\n", b"\t", b"\x00", b"\x01",
          "é".encode(), b"\xff", b"\xef\xbb\xbf", b"/", b"x", b"<html>"]
SEEDS = [b'{"online":true}', b'{"online":false}', b'{"a":1,"online":false}',
         b'{"online":{"online":true}}', b'[{"online":true}]', b'""', b"false"]


def fabricate(rng):
    body = bytearray(rng.choice(SEEDS))
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        at = rng.randint(0, len(body))
        how = rng.randint(0, 3)
        if how == 0:
            body[at:at] = rng.choice(PIECES)
        elif how == 1:
            del body[at:at + rng.randint(1, 4)]
        elif how == 2 and at < len(body):
            body[at] = rng.randint(0, 255)
        else:
            body += body[at:]
    return bytes(body)


def members(pairs):
    if [name for name, _ in pairs].count("online") > 1:
        raise ValueError
    return dict(pairs)


def meaning(body):
    try:
        text = body.decode()
        value = json.loads(text, object_pairs_hook=members,
                           parse_constant=lambda word: 1 / 0)
    except (ValueError, ZeroDivisionError):
        return ""
    if "\\u0000" in text or not isinstance(value, dict):
        return ""
    return {True: "true", False: "false"}.get(value.get("online"), "") \
        if isinstance(value.get("online"), bool) else ""


def main():
    if sys.argv[1] == "make":
        rng = random.Random(7)
        with open(sys.argv[3] + "/bodies", "w") as rules, \
                open(sys.argv[3] + "/ids", "w") as ids:
            for i in range(int(sys.argv[2])):
                body = fabricate(rng)
                text = "".join("\\x%02x" % byte for byte in body)
                print(f'id=F{i} body="{text}"', file=rules)
                print(f"F{i}\nG{i}", file=ids)
        return
    rng = random.Random(7)
    counts = {}
    for row in csv.DictReader(open(sys.argv[3], newline="")):
        if row["client_id"][0] == "G":
            continue
        body = fabricate(rng)
        right = meaning(body)
        if (row["online"], row["error"]) != \
                (right, "" if right else "bad_response"):
            sys.exit(f"{row} for {body}, which means {right or 'nothing'}")
        counts[right] = counts.get(right, 0) + 1
    print(counts.get("", 0) > 0 and counts["true"] > 50
          and counts["false"] > 50 and sum(counts.values()), "bodies")


main()
