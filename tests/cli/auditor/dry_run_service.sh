# With all of a run's options nothing is sent either; bad input is refused.
sim && sim_end && printf '%s\n' A1 A2 A1 '' >ids.txt && echo 'a,b' >wide.csv
status mqstat --dry-run -o out.csv ids.txt ids.txt && arrivals && [ ! -e out.csv ]
status mqstat --dry-run missing.txt && status mqstat --dry-run wide.csv
status sh -c 'mqstat --dry-run ids.txt >/dev/full'
