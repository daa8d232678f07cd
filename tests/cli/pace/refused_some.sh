# One in a hundred refused: asked again; the one warning of a good run.
echo 'every=100 status=429' >some
sim --scenario some
ids 300 | mqstat --rate 200 2>err >out.csv
sim_end
awk -F, 'NR > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
sed 's/use a --rate below .*/.../' err
