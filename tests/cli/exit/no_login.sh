status mqstat --endpoint http://127.0.0.1:1 /dev/null
