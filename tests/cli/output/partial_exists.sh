# A partial of an earlier run is not touched; nothing is sent.
sim
echo mine >o.csv.partial && echo A1 >a.txt
status mqstat -o o.csv a.txt && cat o.csv.partial && ls o.csv*
rm o.csv.partial && ln -s victim o.csv.partial && status mqstat -o o.csv a.txt && [ ! -e victim ]
sim_end && arrivals
