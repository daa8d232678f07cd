# More than there are, none at all, kept cells, failures, bad values.
sim && printf 'id,n\na,1\n,2\nb,"3\n4"\nc\na,5\n' >in.csv
status mqstat --sample 100 --seed 9 -k n --line-numbers in.csv
status mqstat --sample 0.0001% --seed 9 -v in.csv
for value in 0 0% 101% -1 2M 1.5 x %; do status mqstat --sample=$value in.csv; done
status mqstat --seed 3 in.csv && status mqstat --seed 0 --sample 3 in.csv
