# What the summary says of FILE.partial works: the seed that was drawn goes on
# with a sample; rows that --only chose are no checkpoint.
sim && ids 900 >ids.txt && status mqstat -r 200 --sample 800 --deadline 500ms -o o.csv ids.txt 2>err
how=$(sed -n 's/.*run again with \(.*\) to go on$/\1/p' err) && echo "$how" | sed 's/[0-9]\+/N/'
mqstat -r 10k --sample 800 ${how:+--resume --seed "${how//[^0-9]/}"} -o o.csv ids.txt && rows o.csv && sim_end && arrivals && sim
status mqstat -r 200 --only online --deadline 500ms -o p.csv ids.txt 2>err && sed -n '$p' err
