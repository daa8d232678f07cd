sim
printf '%s\n' a/b %2e%2e ... .x 'a?b' 'a#b' ' a b ' '+&=;' 'C:\x' "it's" '"q"' \
    '~-._' 306520284186458 0007 'é' $'\ufeffid' $'x\ufeff' '🚗' '-j' >ids.txt
mqstat -j 1 --rate 1000 ids.txt | cut -d, -f1,3-5
sim_end
awk '{ print $4 }' arrivals
