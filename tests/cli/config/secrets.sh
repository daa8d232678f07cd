# A secret in a settings file is refused and not repeated, whatever it looks like.
try() { printf '%s\n' "$1" >c; status mqstat --config c x; }
for line in password=canary PASSWORD=canary 'password: canary' passwordcanary=1 'pass canary' 'pw canary: x' 'token = canary' 'p = canary' 'user = u:canary' 'endpoint = http://u:canary@h' 'proxy = http://u:canary@h' 'canary' 'user u:canary' '[canary]'; do try "$line"; done 2>&1 | tee out
status grep -q canary out
printf 'password-file = pw\nuser = user0\nendpoint = https://h\n' >c && echo canary >pw && mqstat --config c --print-config | grep config | tee out && status grep -q canary out
