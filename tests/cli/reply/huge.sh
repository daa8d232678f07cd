python3 -c 'print("[" * 1000000)' >deep
python3 -c 'print("{" + "\"x\":1," * 1000000 + "\"online\":false}")' >members
for size in 4096 4097; do printf "%-$((size - 16))s%s" '' '{"online":false}' >$size; done
for name in deep members 4096 4097; do echo "id=$name body-file=$name"; done >huge
printf '%s\n' 'id=string body-size=10M' 'id=endless endless length=none' 'id=length endless length=1000000000' >>huge
sim --scenario huge
{ echo good; sed 's/^id=\([^ ]*\).*/\1\nbehind-\1/' huge; } | status mqstat -j 1 --retries 0 | cut -d, -f1,3-5
