sim --log-connections
ids 200 | mqstat --rate 1000 -j 4 >out.csv
sim_end
[ "$(grep -c ' CONNECT ' arrivals)" -le 4 ]
