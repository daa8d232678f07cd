# 403 for everybody, half-way: ten rows, and one control decide it (exit 4).
echo 'n=51- status=403' >all
sim --scenario all
ids 500 | status mqstat --rate 1000 -j 4 -o out.csv 2>err
sim_end
grep -c 'permission refused' err
awk '$5 == 403 { n++ } END { print (n <= 16 ? "few 403" : n " 403") }' arrivals
