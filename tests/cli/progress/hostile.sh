# Names that would drive the terminal: nothing of them gets there.
sim && export name=$'a\e]0;title\a\e[2J\e[31m\xc2\x9b2J\r\nb\xe2\x80\xae.csv' MQSTAT_FROM=csv && printf 'id\n%s\nx,"\n' "$(ids 90)" >"$name"
on_tty 'mqstat -r 100 -o out.csv "$name"' >typed || on_tty 'mqstat -o "$name.d/out" "$name"' >>typed || on_tty 'mqstat "no-$name"' >>typed || true
sed 's/\x1b\[?7l\x1b\[K[^\x1b]*\x1b\[J\x1b\[?7h\r//g; s/\r\x1b\[K\x1b\[J//g; s/\x1b\[3[13]m\(mqstat:\)\x1b\[0m/\1/; s/\r$//' typed | cat -v
