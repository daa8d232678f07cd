# A byte order mark, CRLF, no formulae; ids as they are everywhere else.
sim && printf '%s\n' 'id,=n' '=1+1,+2' '"@x,""y""","	z"' -3,a=b "'=q,-" 'Zoë," k"' >in.csv && printf '"\r",1\n' >>in.csv
mqstat --excel -k all in.csv | tee out | cut -d, -f1,2,8 | cat -A && head -c 3 out | xxd -p
mqstat --excel -k all in.csv | diff <(mqstat -k all in.csv | sed -E 's/,[0-9.]+,[^,]*Z/,,/') <(sed -E 's/,[0-9.]+,[^,]*Z/,,/; s/\r$//' out) || true
mqstat --excel --quote all in.csv | cut -d, -f1,2 | cat -A && grep -c $'\r$' out
status mqstat --excel -t tsv in.csv && status mqstat --excel -o x.json in.csv && [ ! -e x.json ] && sim_end && arrivals '$4 == "%3D1%2B1"'
