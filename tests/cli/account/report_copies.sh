# An id is listed once, however many rows it has, unless it was asked again.
sim --online 0 && printf '%s\n' A1 A2 A1 '' A2 '' A3 >ids.txt && { for i in 1 2; do ids 51; done; } >many.txt
list() { status mqstat -q --rate 1k --report r.html "$@" >out.csv; xmllint --xpath '//h2[.="Unknown ids" or .="Offline ids"]/..//li//text()' r.html | xargs; }
list ids.txt && list --no-dedup ids.txt && list --unordered ids.txt | xargs -n1 | sort | xargs
list many.txt | grep -o 'VIN0000050.*' && grep -o 'The first[^<]*' r.html
