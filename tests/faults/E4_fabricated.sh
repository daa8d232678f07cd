# 2,000 fabricated bodies: an answer only where a strict reader sees one.
python3 "$TESTS/faults/bodies.py" make 2000 . && sim --scenario bodies
status mqstat -q --rate 5000 -j 1 ids -o out.csv && sim_end
python3 "$TESTS/faults/bodies.py" check . out.csv
