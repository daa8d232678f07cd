# A long list of columns is cut; control characters in it stay harmless.
sim
{ seq -s , -f 'column %g' 500 | tr -d '\n' && printf ',\033[2J\a,\302\233\n'; } >a.csv
printf 'a\033[2J,b\342\200\256\n1,2\n' >b.csv
status mqstat b.csv && status mqstat a.csv 2>&1 | sed 's/\(.\{100\}\).*\(.\{30\}\)/\1 [...] \2/'
