# Each redirect to another host, port or scheme, or to the same: never
# followed, nobody else gets a request, let alone the login.
sim --log port --log-connections && port=$url && sim --tls --log tls --log-connections && tls=$url
sim --listen 127.0.0.2:0 --log host --log-connections && host=$url
n=0 && for code in 301 302 303 307 308; do
    for to in "$port" "$tls" "$host" "//127.0.0.2:${host##*:}" ''; do
        echo "id=$code-$((++n)) status=$code header=\"Location: $to/client-id/x/status\""
    done
done >redirects && sim --scenario redirects
sed 's/^id=\([^ ]*\).*/\1/' redirects | status mqstat -v -j 1 2>err | cut -d, -f2-5 | sort | uniq -c
sim_end && echo "$(arrivals) requests, $(cat port tls host | wc -l) lines elsewhere" && grep -c 'a redirect:' err
