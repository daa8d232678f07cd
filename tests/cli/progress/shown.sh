# Where it is drawn: --progress, -q, rows on the terminal, TERM.
sim && ids 100 >ids.txt
try() { echo "$1: $(on_tty "$1" | grep -c $'\x1b\[?7l')" | sed 's/ [1-9][0-9]*$/ drawn/'; }
for option in '' '--progress never' -q '-q --progress always'; do try "mqstat $option -o out.csv ids.txt"; done
for option in '' '--progress always'; do try "mqstat $option ids.txt"; done
try 'mqstat ids.txt >out.csv' && try 'mqstat ids.txt 2>/dev/null' && try 'MQSTAT_PROGRESS=never mqstat -o out.csv ids.txt'
try 'TERM=dumb mqstat -o out.csv ids.txt' && try 'TERM= mqstat --progress always -o out.csv ids.txt'
