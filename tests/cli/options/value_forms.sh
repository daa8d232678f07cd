# --name=VALUE, --name VALUE, -nVALUE, -n VALUE, letters together.
show() { mqstat "$@" --print-config | grep -e command | tr '\n' ' '; echo; }
show --rate=5 && show --rate 5 && show -r5 && show -r 5 && show -qj5 && show -vqj 5 && show -o -x && show -o --rate -r 7 && show --column= 2>&1 || :
show --column=a=b && show -r=5 2>&1 || :
for option in --rate -r -qr --trim=yes --help=1 --netrc=; do status mqstat $option; done
