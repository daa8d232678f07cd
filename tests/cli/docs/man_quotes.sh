# No page shows a quotation within a quotation, as .Ql has on one line with another.
for page in "$TESTS"/../man/*.[17]; do mandoc -Tutf8 "$page" | col -bx | grep -e "’’" -e "‘[^’]*‘" || true; done
