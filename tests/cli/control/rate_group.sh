# limit: 60
# Four runs, one rate; one is killed and the others go on with all of it, more
# than their own three quarters (300), even where the machine has other work.
export XDG_RUNTIME_DIR=$PWD && sim && ids 3000 >ids.txt
for i in 1 2 3 4; do mqstat --rate 400 --rate-group g -o "o$i.csv" ids.txt 2>"err$i" & pids[i]=$!; done
wait_arrivals 1200 && kill -KILL "${pids[1]}" && wait_arrivals 2400 && kill -TERM "${pids[@]:2}"; wait "${pids[@]}" || true
sim_end && within_rate 400 && stat -c %a mqstat-g
awk 'NR == 1 { first = $1 } { n[int(($1 - first) / 1e9)]++ } END { for (s = 1; s < 5; s++) if (n[s] < 330) print "second " s ": " n[s] }' arrivals
