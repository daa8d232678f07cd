ids 4 | tail -n 2 >unknown
sim --online 1 --unknown-file unknown
ids 4 | status mqstat | cut -d, -f1-5
ids 4 | status mqstat --not-found offline | cut -d, -f1-5
ids 4 | MQSTAT_NOT_FOUND=offline status mqstat --not-found error | cut -d, -f1-5
