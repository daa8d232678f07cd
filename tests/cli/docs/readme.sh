# Each block of the README that is marked as checked, at another port.
ln -s "$TESTS/../samples"
awk '/^```/ { on = 0 } on; /^```sh/ && mark == NR - 1 { on = 1; n++ } /^<!-- checked -->/ { mark = NR }
     END { exit n < 1 }' "$TESTS/../README.md" >block
sed "s/:8080/:$((20000 + RANDOM % 10000))/" block >moved
status bash moved 2>err | tee out | tail -n 1
grep -c -e '^VIN0000001,' -e '"region":"' out && cat err
