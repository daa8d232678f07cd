# Nobody has answered yet, nothing came from the input: still an orderly end.
sim && mkfifo pipe
mqstat <pipe >out.csv 2>err & pid=$! && exec 5>pipe
echo VIN1 >&5 && wait_arrivals 1 && kill -INT $pid && status wait $pid
exec 5>&- && cut -d, -f1,3-5 out.csv
