# Unknown variables are ignored; -v names them, without their values.
sim
export MQSTAT_RATES=canary MQSTAT_=x MQSTAT_HELP=1 mqstat_x=1
echo A1 | mqstat 2>&1 && echo A1 | mqstat -v 2>&1 | grep -e MQSTAT_[^P] -e canary -e MQSTAT_PASSW | sort
