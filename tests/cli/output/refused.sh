# A target that cannot be written is refused before anything is sent.
sim
mkdir d ro && chmod 555 ro && chmod 755 . && echo A1 >a.txt && echo old >ro/o && touch f
for file in d d/ missing/o f/o ''; do status mqstat -o "$file" a.txt; done
status as_nobody mqstat -o ro/new a.txt && status as_nobody mqstat -o ro/o a.txt && status mqstat -o $(printf %0300d 1) a.txt
ls -A d ro && sim_end && arrivals
