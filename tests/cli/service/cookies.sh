echo 'header="Set-Cookie: a=b; Path=/" header="Alt-Svc: h2=\":9\"; ma=99"
    header="Strict-Transport-Security: max-age=99"' | tr '\n' ' ' >fields
sim --scenario fields --log-headers
ids 20 | mqstat -j 1 --rate 1000 >out.csv
sim_end
echo "$(arrivals '$5 == 200') answered, $(grep -ci '^# .*cookie' arrivals || true) cookies"
