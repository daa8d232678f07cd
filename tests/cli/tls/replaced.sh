# The certificate goes bad under way: what is connected goes on, nothing
# travels over new connections, and the run gives up.
printf '%s\n' 'n=20 tls-fault=expired' 'n=30- close' >replaced
sim --tls --tls-ca-out ca.pem --scenario replaced
ids 300 | status mqstat --cacert ca.pem --rate 100 -j 1 --retries 0 --give-up-after 1s >out.csv 2>err
sim_end && tail -n 1 out.csv
awk -F, 'NR > 1 && $4 == 200' out.csv | wc -l
awk -F, 'NR > 31 && NF > 1 && $3 != "tls_failed" && $3 != "not_attempted"' out.csv
echo "$(arrivals) requests, $(awk '{ print $2 }' arrivals | sort -u | wc -l) connection with requests"
