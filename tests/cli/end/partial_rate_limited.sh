# The row whose failure ended the run is not kept either.
echo 'n=31 status=429 header="Retry-After: 3600"' >huge
sim --scenario huge
ids 100 | status mqstat -j 1 --rate 200 -o out.csv 2>err
cut -d, -f3-5 out.csv.partial | sort | uniq -c
