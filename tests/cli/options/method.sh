# --method: get and post, both answered.
sim
echo A1 | mqstat --method get | rows && echo A2 | mqstat --method=post | rows && sim_end && awk '!/^#/ { print $3, $4 }' arrivals
