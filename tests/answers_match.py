#!/usr/bin/env python3
"""answers_match.py URL RESULT.csv: is online right in each answered row?

Asks the simulator at URL itself, with none of mqstat's code in between, and
prints the rows that differ.
"""
import base64
import csv
import http.client
import json
import sys
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
login = base64.b64encode(b"user0:secret0").decode()
service = http.client.HTTPConnection(url.hostname, url.port)


def ask(client_id):
    path = "/client-id/%s/status" % urllib.parse.quote(client_id, safe="")
    service.request("GET", path, headers={"Authorization": "Basic " + login})
    return json.loads(service.getresponse().read())["online"]


wrong = 0
known = {}
with open(sys.argv[2], newline="", encoding="utf-8") as rows:
    for row in csv.DictReader(rows):
        if row["error"]:
            continue
        name = row["client_id"]
        if name not in known:
            known[name] = "true" if ask(name) else "false"
        if row["online"] != known[name]:
            wrong += 1
            print("%s: online=%s, is %s" % (name, row["online"], known[name]))
sys.exit(1 if wrong else 0)
