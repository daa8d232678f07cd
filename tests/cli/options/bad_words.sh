# A word that is no choice: the choices are listed.
for option in --from=xml --to=xlsx --method=PUT --method=GET --not-found=online --quote=none --connect-to=a:1 --connect-to=a:1:b:70000 --pinned-key=md5//x --delimiter=,, --shard=x --output-mode=rw --endpoint= --column= --user= --keep=; do status mqstat $option; done
