# shellcheck shell=bash
# Real results for other tools to load; on top of tests/lib.sh.
#
# nasty_results     nasty.csv: 60,000 rows with --quote all, the first odd id
#                   in row 55,000; nasty.ndjson: the same fleet; digits.csv:
#                   ids of digits, with leading zeros; errors.csv: no answers;
#                   empty.csv: no rows
# sample_results    fleet.csv, yesterday.csv and result.csv, as the recipes in
#                   samples/ want them
nasty_results() {
    sim --online 0.7
    python3 - <<'END'
import csv
odd = ["车辆9号", 'a"b""', "x,y", "two\nlines", "0007", "306520284186458",
       "NA", "NULL", "null", "true", "", ".", "=1+1", " blank ", "tab\there", "é🚗",
       "1e5", "1970-01-01", "\\N", "-", "'q'"]
with open("nasty_ids.csv", "w", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["id", "model"])
    for i in range(60000):
        plain = i < 54999 or i % 2
        rows.writerow([f"VIN{i % 500:07d}" if plain else odd[i // 2 % len(odd)],
                       f"m{i % 7}"])
with open("digit_ids", "w") as file:
    file.writelines(f"{i:09d}\n" for i in range(300))
END
    status mqstat -r 5000 --quote all -k model -o nasty.csv nasty_ids.csv 2>/dev/null
    status mqstat -r 5000 -k model -o nasty.ndjson nasty_ids.csv 2>/dev/null
    status mqstat -r 5000 --quote all -o digits.csv digit_ids
    printf '\n.\n..\n' | status mqstat -q -o errors.csv
    : | status mqstat -o empty.csv
}

sample_results() {
    cp "$TESTS/../samples/fleet.csv" .
    seq -f 'VIN%07.0f' 10 >before
    seq -f 'VIN%07.0f' 3 12 >after
    sim --online-file before
    status mqstat -q -o yesterday.csv fleet.csv
    sim_end
    sim --online-file after
    status mqstat -q -o result.csv fleet.csv
}
