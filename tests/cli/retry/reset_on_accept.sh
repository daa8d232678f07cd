# The reset comes while it connects or a little later: either code is right,
# and whether the next rows were asked before the end.
echo 'conn=1- accept=rst' >reset
sim --scenario reset --log-connections
ids 4 | status mqstat --give-up-after 1s 2>err | cut -d, -f1-4 | sed 's/connect_failed/connection_lost/; 3,4s/connection_lost/not_attempted/'
sim_end
[ "$(grep -c CONNECT arrivals)" -le 12 ] || cat arrivals
