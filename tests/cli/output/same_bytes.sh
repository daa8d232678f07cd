# Locale, time zone, home and directory do not matter.
sim
ids 2 >a.txt && mqstat a.txt >1 && mkdir d
for vars in LC_ALL=de_DE.UTF-8 LC_ALL=tr_TR LANG=nonsense TZ=Asia/Tokyo TMPDIR=/none -uHOME; do env $vars mqstat a.txt | mask | cmp - <(mask <1); done
(exec 7<a.txt && cd d && rmdir ../d && mqstat <&7) 2>&1 | grep -v getcwd
TZ=Asia/Tokyo mqstat a.txt | sed -n 's/.*,//; 2p' | { read -r at && [ $(($(date +%s) - $(date -d "$at" +%s))) -lt 60 ]; }
