# A directory, and a file that may not be read.
sim
mkdir d && echo A1 >a.txt && chmod 0 a.txt && chmod 755 .
status mqstat d && status as_nobody mqstat a.txt && status mqstat - <d && sim_end && arrivals
