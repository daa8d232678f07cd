sim
printf '%s\n' a b a a b | mqstat | cut -d, -f1,5
sim_end
echo "$(arrivals) requests"
