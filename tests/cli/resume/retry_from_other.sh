# An earlier result of another input is refused before anything is sent.
sim && ids 9 >ids.txt && mqstat -o old.csv ids.txt
sed 5d ids.txt >a.txt && status mqstat --retry-from old.csv a.txt && head -n 5 ids.txt >a.txt && status mqstat --retry-from old.csv a.txt
status mqstat --retry-from ids.txt ids.txt && status mqstat --retry-from missing ids.txt && status mqstat --retry-from - ids.txt && status mqstat --retry-from old.csv --sample 3 ids.txt
sim_end && arrivals && sim --log second
sed 's/,true,/,yes,/' old.csv >odd.csv && mqstat --retry-from odd.csv -r 1k -o n.csv ids.txt && sed 5d ids.txt | status mqstat --retry-from old.csv -o o.csv && ls o.csv*
sed '2,5s/,[a-z]*,,.*/,,not_attempted,,0,,/' old.csv >part.csv && sed 7d ids.txt | status mqstat -r 10 --retry-from part.csv -o p.csv 2>err && sed 1q err && cut -d, -f1-4 p.csv.partial
mqstat -r 1k --retry-from part.csv --resume -o p.csv ids.txt && rows p.csv && sim_end && echo "$(($(log=second arrivals) > 4))"
