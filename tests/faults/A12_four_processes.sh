# Four processes, one rate: 99 to 100.5 % of it together.
# alone
export XDG_RUNTIME_DIR=$PWD && sim && ids 500 >ids.txt
for i in 1 2 3 4; do mqstat --rate 400 --rate-group g -o "o$i.csv" ids.txt & pids[i]=$!; done
for i in 1 2 3 4; do wait "${pids[i]}" && rows "o$i.csv"; done && sim_end && within_rate 400
span 1 2000 4.97 5.3
