# A closed pipe ends the run at once and without a word, by SIGPIPE, also
# when the parent ignores that signal.
sim
seq 100000 >a.txt
{ mqstat a.txt 2>err || echo "status $?" >>err; } | head -1 && cat err && [ "$(arrivals)" -lt 300 ]
(trap '' PIPE && { mqstat -t ndjson a.txt 2>err || echo "status $?" >>err; } | head -c 1 && cat err)
python3 -c 'import subprocess as s; p = s.Popen(["mqstat"], stdin=s.PIPE, stdout=s.PIPE); p.stdin.write(b"A1\n"); p.stdin.flush(); p.stdout.read(1); p.stdout.close(); print(p.wait())'
sim_end && [ "$(arrivals)" -lt 600 ]
