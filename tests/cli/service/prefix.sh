sim --prefix /api/v5
for end in '' / //; do ids 1 "P$end" | mqstat -e "$url$end" | cut -d, -f1,3-5; done
ids 1 | mqstat -e "$url/" --method post | cut -d, -f1,3-5
sim_end
