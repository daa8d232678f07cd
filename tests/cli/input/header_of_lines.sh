# --header skips the first line of a list, in each file.
sim
printf 'vin\nA1\n' >a.txt && printf 'vin\nA2' >b.txt
mqstat --header a.txt b.txt | cut -d, -f 1
mqstat --header --no-header a.txt | cut -d, -f 1
