# No regular file: written straight through, without a partial.
sim
mkfifo o && ids 2 >a.txt
mqstat -o /dev/null a.txt && ls /dev/null*
cat o >got &
mqstat -o o a.txt && wait $! && cat got && ls o*
mqstat -o - a.txt | rows && [ ! -e ./- ]
