python3 -c 'import gzip,sys; sys.stdout.buffer.write(gzip.compress(b"{\"online\":false}"))' >small
python3 -c 'import gzip,sys; sys.stdout.buffer.write(gzip.compress(b" " * 4000000))' >bomb
for name in small bomb; do echo "id=$name header=\"Content-Encoding: gzip\" body-file=$name"; done >odd
sim --scenario odd
printf '%s\n' small bomb good | status mqstat -j 1 --rate 1000 | cut -d, -f1-5
