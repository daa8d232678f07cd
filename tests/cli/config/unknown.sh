# What is unknown: a key (the nearest name), a section, a profile (those that there are); exit 2, and nothing is sent.
sim
try() { printf "$1" >c; echo A1 | status mqstat --config c --profile "${2-x}"; }
for line in rats=1 retr=1 out=x xyzzy=1 --rate=1 rate_group=x c=vin =1 config=c profile=x help=1 print-config=yes; do try "[profile x]\n$line\n"; try "\n[profile y]\n$line\n"; done
for line in '[profil x]' '[profile]' '[profile x' '[profile x] rate=1' '[profile a b]' '[profile "x"]' '[x]' '[profilex]' "[profile $(printf %041d 0)]"; do try "$line\n"; done
try '[profile prod]\n[profile lab]\nrate=1\n[profile prod]\n[profile lab]\n' && try '' && MQSTAT_PROFILE=canary status mqstat --config c
unset MQSTAT_CONFIG; status mqstat --profile x && sim_end && arrivals
