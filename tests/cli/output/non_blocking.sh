# A pipe that somebody made non-blocking, and a reader that is slow.
sim
ids 5000 >a.txt && python3 -c 'import fcntl, os, subprocess, time
r, w = os.pipe(); os.set_blocking(w, False); fcntl.fcntl(w, 1031, 4096)
p = subprocess.Popen(["mqstat", "-r", "1M", "a.txt"], stdout=w); os.close(w)
rows = 0
while got := os.read(r, 4096): rows += got.count(b"\n"); time.sleep(.001)
print(rows, "lines", p.wait())'
