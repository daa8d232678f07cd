# Kept members: text by its value, everything else verbatim.
sim
printf '%s\n' '{"vin":"A1","n":12.50,"t":[1, 2],"o":{"a" : 1e400},"s":"x\u00e9\n","b":true}' >a.ndjson
printf '%s\n' '{"vin":"A2","n":12345678901234567890123,"extra":1}' '{"vin":"A3","n":null,"b":"true"}' >>a.ndjson
mqstat -k all -t ndjson a.ndjson && mqstat -k all a.ndjson && mqstat -k b,n,none -t json a.ndjson
