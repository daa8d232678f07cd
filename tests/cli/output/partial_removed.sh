# The partial is removed whenever it was created: given up, nothing is sent.
sim && ids 3 >a.txt
while sleep 0.001; do rm -f o.csv.partial; done & remover=$!
status faulty flock:1+:delay=20 mqstat -o o.csv a.txt
kill $remover && sim_end && arrivals
