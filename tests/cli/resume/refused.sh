# What cannot be gone on with; a partial is not touched.
sim && echo A1 >a.txt && mkfifo pipe
status mqstat --resume a.txt && status mqstat --resume -o - a.txt && status mqstat --resume -o /dev/null a.txt && status mqstat --resume -o pipe a.txt
echo '[' >o.json.partial && status mqstat --resume -o o.json a.txt && status mqstat --resume -t json -o o.csv a.txt && cat o.json.partial
ln -s a.txt l.csv.partial && status mqstat --resume -o l.csv a.txt && mkdir d.csv.partial && status mqstat --resume -o d.csv a.txt
mqstat -o n.csv a.txt && sed 's/true,,200,1,[^,]*,.*/,not_attempted,,0,,/' n.csv >n.csv.partial && status mqstat --resume -o n.csv a.txt
status mqstat --resume --only online -o p.csv a.txt && status mqstat --resume --sample 1 -o p.csv a.txt && status mqstat --resume --sample 1 --seed 5 -o p.csv a.txt
sim_end && arrivals && cat a.txt
