# Rows reach a pipe within a second though no more come.
sim
mkfifo in o
mqstat <in >o &
exec 9>in 8<o && echo A1 >&9 && read -r line <&8 && read -r line <&8 && seen=${EPOCHREALTIME/./}
exec 9>&- && wait $! && checked=$(date -d "${line##*,}" +%s%6N) && echo "$line"
[ $((seen - checked)) -lt $((1500000 * MQSTAT_PATIENCE)) ] || echo "$((seen - checked)) us"
