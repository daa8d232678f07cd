# Long names are not abbreviated.
status mqstat --endpoi x && status mqstat --retr 1 && status mqstat --out x
