sim --log elsewhere --log-connections && other=$url
for code in 301 302 303 307 308; do
    echo "id=other-$code status=$code header=\"Location: $other/client-id/x/status\""
    echo "id=same-$code status=$code header=\"Location: /client-id/x/status\""
done >redirects; echo 'status=200' >>redirects
sim --scenario redirects
{ sed -n 's/^id=\([^ ]*\).*/\1/p' redirects && ids 1; } | status mqstat -j 1 | cut -d, -f1-5
sim_end && echo "$(arrivals) requests here, $(wc -l <elsewhere) lines elsewhere"
