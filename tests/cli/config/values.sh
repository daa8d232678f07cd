# A bad value: where, which key, what it should be; of another profile, or where an option is stronger, it is not looked at.
try() { printf "$1" >c; status mqstat --config c "${@:2}" x; }
for line in rate=fast retries=-1 timeout=5y trim=maybe to=xml rate= endpoint=h shard=3/2 output-mode=400 delimiter=ab 'keep=""' max-queries=9007199254740993; do try "\n\n$line\n"; done
try 'max-rate = 5\nendpoint = https://h\n' && try 'endpoint = https://h\n[profile x]\nkey = k\n' --profile x
try 'rate = 5\n[profile x]\nrate = bad\n' --print-config | grep ^rate; try 'rate = bad\n' -r 5 --print-config | grep ^rate
