# The input is replaced, grows, shrinks while it is read: the rows are those
# that were there when they were read, and it is said.
sim && change() {
    ids 20000 >a.txt && mqstat -v -r 10k a.txt >out.csv 2>err & pid=$!
    wait_arrivals "$1" && "${@:2}" && wait $pid && tail -n +2 out.csv | cut -c1 | sort | uniq -c
    grep -o 'a.txt: was .* read' err
}
ids 5 B >b.txt && change 100 mv b.txt a.txt
change 20100 bash -c 'seq -f C%g 7 >>a.txt'
change 40200 truncate -s 198000 a.txt
