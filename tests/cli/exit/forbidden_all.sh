ids 20 >forbidden.txt
sim --forbidden-file forbidden.txt
ids 20 | status mqstat --rate 1000 | cut -d, -f1-5
sim_end
echo "$(arrivals) requests"
