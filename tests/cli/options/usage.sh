# Standard input is a terminal and no FILE: short usage on stderr, exit 2,
# whatever else is missing.
script -qec 'mqstat >out; echo "status $?"' typescript </dev/null | tr -d '\r' && cat out
sim
script -qec 'mqstat -v -r 5 >>out; echo "status $?"' typescript </dev/null | tr -d '\r' | grep -e usage -e status && cat out
sim_end && arrivals
