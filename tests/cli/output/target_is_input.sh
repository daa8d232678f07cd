# The output must not be an input, which it would replace: refused (2, 3).
sim
ids 2 | tee a.txt >b.txt && ln -s a.txt link
mqstat -o a.txt a.txt 2>err || [ $? -gt 3 ] || echo refused
mqstat -o ./a.txt b.txt link 2>>err || [ $? -gt 3 ] || echo refused
cat a.txt && sim_end && arrivals
