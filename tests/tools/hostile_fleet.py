#!/usr/bin/env python3
"""A csv of ids (id) and groups (g) made to break a page that shows them."""
import csv
import sys

PIECES = ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>",
          "\x1b[31m", "\u202eevil\u202c", "\x01\x02\x7f\u009b", "&amp;&#60;",
          "\u2028\u2029\ufeff", "\ufffe\uffff", "]]>--><!--", "</style>",
          "\u0627\u0644", "\U0001f697", "a" * 200]

out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["id", "g"])
for number in range(1500):
    piece = PIECES[number % len(PIECES)]
    text = (piece + str(number) + "\x01&<\u202e" * 40)[:120]
    out.writerow([text, "<" * 60 + str(number % 60)])
for piece in PIECES:
    out.writerow([piece, piece])
