# One refusal in a thousand: answered on the retry, at the full rate.
echo 'every=1000 status=429' >one && sim --scenario one
ids 3000 | mqstat --rate 1000 >out.csv && sim_end
awk -F, 'NR > 1 { print $3 "," $4 "," $5 }' out.csv | sort | uniq -c
within_rate 1000 && span 1 3003 2.9 4.5
