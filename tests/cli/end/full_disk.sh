sim
ids 9 >ids.txt
status bash -c 'exec mqstat ids.txt >/dev/full'
ids 9 | status mqstat -o missing/out.csv
sim_end && echo "$(arrivals) requests"
