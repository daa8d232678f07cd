# What we write, python's csv and json read back: hostile ids and cells.
sim
python3 -c 'import csv, sys
cells = ["=1+1", "@a", "+1", "-1", "\t", "\"", "\"\"", ",", "\r", "\n", "\r\n", "\\", "\\n", "\x1b[2J", "\u202e", "\x7f", "\x85", "\u2028", "NULL", " ", "a\"b", "\"a", "\\t", "\\\\", "\ufeff"]
csv.writer(sys.stdout).writerows([["id", "n"]] + [[c + str(i), c] for i, c in enumerate(cells)])' >a.csv
mqstat -k n -o o.csv a.csv && mqstat -k n -o o.ndjson a.csv && mqstat -k n -o o.json a.csv && mqstat --quote all -k n -o q.csv a.csv && mqstat -k n -o o.tsv a.csv && mqstat -k n -o t.csv o.tsv
python3 -c 'import csv, json
read = lambda f: [[r["client_id"], r["n"]] for r in csv.DictReader(open(f, newline=""))]
a = [r for r in csv.reader(open("a.csv", newline=""))][1:]
print([r == a for r in (read("o.csv"), read("q.csv"), read("t.csv"), [[r["client_id"], r["n"]] for r in json.load(open("o.json"))], [[r["client_id"], r["n"]] for r in map(json.loads, open("o.ndjson", newline="\n"))])])'
