# A pipe gets whole rows only, whenever it is read.
sim
seq -f 'VIN%019.0f' 20000 >a.txt
mqstat -r 1M a.txt | python3 -c 'import os
torn = rows = 0
while got := os.read(0, 1048576): torn += got[-1] != 10; rows += got.count(b"\n")
print(rows, "lines,", torn, "torn")'
