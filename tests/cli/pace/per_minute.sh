sim
ids 9 | mqstat --rate 300/m >out.csv
ids 3 H | mqstat --rate 7200/h >out.csv
sim_end
awk '$4 ~ /^VIN/ && NR > 1 && $1 - t < 0.19e9 || $4 ~ /^H/ && t && h && $1 - t < 0.49e9 { print NR, $1 - t }
    { t = $1; h = $4 ~ /^H/ }' arrivals
