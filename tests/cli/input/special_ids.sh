# Empty, dot and dot-dot ids are never sent; ids like them are.
sim
printf '.\n..\n\n...\n.a\n%%2e\n%%2e%%2e\n/\n' >a.txt
status mqstat -q a.txt && sim_end && awk '!/^#/ { print $4 }' arrivals | sort
