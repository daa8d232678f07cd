# What bash, zsh and fish offer: options, words, profiles, columns, files. Nothing is asked of the service.
# limit: 90
unset MQSTAT_CONFIG && sim && mkdir -p .config/mqstat && printf '[profile lab]\n[profile prod]\n' >.config/mqstat/config && printf '[profile x]\n' >c
printf '\357\273\277vin,model,"reg ion"\r\n1,2,3\r\n' >fleet.csv && printf 'a\tb\n' >'a b.tsv'
options=('mqstat --conn' 'mqstat -f ' 'mqstat --method=' 'mqstat -qj ' 'mqstat --no-dedup --quote m' 'mqstat -e ' 'mqstat --netrc --no-he')
values=('mqstat --profile ' 'mqstat --profile=l' 'mqstat --config c --profile ' 'mqstat --config=c --profile=' 'mqstat fleet.csv -c ' 'mqstat fleet.csv --keep=vin,m' 'mqstat ids fleet.csv -k vin,' "mqstat ~/'a b.tsv' -c " 'mqstat ~/a\ b.tsv --column=' 'mqstat -c ')
files=('mqstat fl' 'mqstat -o fl' 'mqstat --cacert=fl' 'mqstat --netrc=fl')
for shell in bash zsh fish; do echo "== $shell"; python3 "$TESTS/complete.py" "$BUILD/completion" $shell "${options[@]}" "${values[@]}" "${files[@]}"; done
sim_end && arrivals
