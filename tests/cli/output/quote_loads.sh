# What we write, python's csv and json read back: hostile ids and cells.
sim
python3 -c 'import csv, sys
cells = ["=1+1", "@a", "+1", "-1", "\t", "\"", "\"\"", ",", "\r", "\n", "\r\n", "\\", "\\n", "\x1b[2J", "\u202e", "\x7f", "\x85", "\u2028", "NULL", " ", "a\"b", "\"a", "\\t", "\\\\", "\ufeff"]
csv.writer(sys.stdout).writerows([["id", "n"]] + [[c + str(i), c] for i, c in enumerate(cells)])' >a.csv
for o in '-o o.csv' '-o o.ndjson' '-o o.json' '--quote all -o q.csv' '-o o.tsv'; do mqstat -k n $o a.csv; done && mqstat -k n -o t.csv o.tsv
python3 -c 'import csv, json; a = list(csv.reader(open("a.csv", newline="")))[1:]; read = lambda f: csv.DictReader(open(f, newline=""))
print([[[r["client_id"], r["n"]] for r in o] == a for o in (read("o.csv"), read("q.csv"), read("t.csv"), json.load(open("o.json")), map(json.loads, open("o.ndjson", newline="\n")))])'
