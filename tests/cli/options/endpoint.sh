# The URL's forms; a path stands in front of the service's own.
sim --prefix /api/v1
for url in $url $url/ HTTP${url#http} http://localhost:${url##*:}; do echo A1 | mqstat -e $url | tail -1; done
for bad in ftp://h h file:///etc/passwd http:// http://h:0x1 http://h:99999 'http://h?x=1' 'http://h#x' 'http://h h' http://[::1; do status mqstat -e "$bad" </dev/null; done
sim_end && arrivals '$4 == "A1" && $5 == 200'
