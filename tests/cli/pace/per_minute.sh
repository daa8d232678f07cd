# The median gap: one that comes late shortens the next.
sim
ids 9 | mqstat --rate 300/m >out.csv && ids 7 H | mqstat --rate 7200/h >out.csv && sim_end
median() { awk -v id="^$1" '$4 ~ id && t { print $1 - t } $4 ~ id { t = $1 }' arrivals | sort -n | sed -n "$2p"; }
awk -v minute="$(median VIN 4)" -v hour="$(median H 3)" 'BEGIN { print (minute >= 0.199e9 && minute < 0.22e9), (hour >= 0.499e9 && hour < 0.53e9) }'
