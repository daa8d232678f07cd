# A reader that stops: so do the requests; then every row comes. Window:
# 64 MiB, here of kept cells, so the memory is bounded, too.
sim
python3 -c 'for i in range(3000): print("A%d," % i + "x" * 60000)' >a.csv && mkfifo o
mqstat --no-header -c 1 -k 2 -r 1M a.csv >o &
exec 8<o && n=-1 && while [ $n -ne "$(arrivals)" ]; do n=$(arrivals) && sleep 1; done && [ $n -gt 0 ] && [ $n -lt 1500 ]
awk '/VmHWM/ { print $2 < 160000 ? "memory is bounded" : $0 }' /proc/$!/status
cut -d, -f 1 <&8 >got & exec 8<&- && wait $! && rows got && sim_end && arrivals
