# Colour: --color, NO_COLOR, TERM=dumb; errors, warnings and the line.
sim && printf '%s\n' . $(ids 60) >ids.txt
try() { echo "$1: $(on_tty "$1" | grep -o $'\x1b\[3[0-9]m[a-z0-9 ]*' | sort -u | tr '\n\033' ' E')"; }
for option in '' '--color never' '--color always'; do try "mqstat $option -o out.csv ids.txt"; done
try 'NO_COLOR=1 mqstat -o out.csv ids.txt' && try 'NO_COLOR= mqstat -o out.csv ids.txt' && try 'TERM=dumb mqstat -o out.csv ids.txt'
try 'NO_COLOR=1 mqstat --color always -o out.csv ids.txt' && try 'mqstat -o out.csv ids.txt 2>err; cat err' && try 'mqstat --color always -o out.csv no.csv'
