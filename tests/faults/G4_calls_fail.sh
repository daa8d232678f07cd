# Writing, syncing or closing the partial fails, or the rename: exit 3, said
# why, the rows so far stay, and FILE is the old one.
sim && ids 300 >a.txt
for rule in write@*.partial:1:EIO write@*.partial:1:EDQUOT fdatasync:1+:EIO close@*.partial:1:EIO rename:1:EIO; do
    rm -f o.csv.partial && echo old >o.csv
    status faulty "$rule" mqstat -r 1M -o o.csv a.txt 2>err && sed 1q err && cat o.csv
    [ ! -e o.csv.partial ] || tail -c 1 o.csv.partial | od -An -c
done
