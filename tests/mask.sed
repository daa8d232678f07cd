# What differs from run to run: times T, latencies L, ports PORT, rates R,
# versions V.
s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z/T/g
s/([,\t])[0-9]+\.[0-9]{3}([,\t]"?T)/\1L\2/g
s/("latency_ms": ?)[0-9]+\.[0-9]+/\1L/g
s/(127\.0\.0\.1|localhost|\[::1\]):[1-9][0-9]{3,4}/\1:PORT/g
s/ in [0-9]+(\.[0-9]+)? s;/ in T s;/
s/, [0-9.]+\/(s|min)$/, R\/s/
s/ port [1-9][0-9]{3,4} after / port PORT after /
s/( port [0-9PORT]+ after )[0-9]+ ms/\1T ms/
s/(OpenSSL\/)[0-9.]+/\1V/
# What the kernel has, of which valgrind knows nothing.
/^mqstat: sandbox: (Landlock|none)/d
/^--[0-9]+-- /d
s/^(mqstat: latency:).*( [0-9]+ connections?)$/\1 L;\2/
# The shell's own word about a program that a signal ended.
/^[^ ]*: line [0-9]+: +[0-9]+ (Hangup|Interrupt|Killed|Terminated|Broken pipe)/d
