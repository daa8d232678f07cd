ids 3 | tail -n 1 >unknown
sim --unknown-file unknown
ids 2 | status mqstat 2>&1 | tail -n 1
ids 3 | status mqstat 2>err | tail -n 1
ids 3 | status mqstat --rate x 2>err | tail -n 1
ids 3 | status mqstat missing.txt 2>err | tail -n 1
ids 3 | MQSTAT_PASSWORD=x status mqstat 2>err | tail -n 1
ids 3 | status mqstat --max-queries 2 2>err | tail -n 1
