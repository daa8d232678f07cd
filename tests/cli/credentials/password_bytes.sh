# Any bytes but NUL and line ends make a password, colons and UTF-8 too.
printf 'p:a ss\t"\\%%\303\244\n' >f && chmod 600 f && echo A1 >a.txt
sim --user 'u s@r' --password-file f --log-headers && export -n MQSTAT_PASSWORD
mqstat -u 'u s@r' --password-file f a.txt | rows && MQSTAT_PASSWORD=$(cat f) mqstat -u 'u s@r' a.txt | rows
sim_end && sed -n "s|.*Basic \([A-Za-z0-9+/=]*\).*|\1|p" arrivals | uniq | base64 -d
