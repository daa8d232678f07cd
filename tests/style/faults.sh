#!/usr/bin/env bash
# The fault matrix is whole: every fault of the groups below has one line in
# tests/faults/matrix, whose cases exist, or a reason in tests/faults/NOT_RUN
# (at most 12); every case in tests/faults is named. Prints what is wrong.
set -u

cd "$(dirname "$0")/.." || exit 2
groups=(A18 B19 C20 D11 E12 F18 G28 H9)
matrix=faults/matrix
not_run=faults/NOT_RUN

for group in "${groups[@]}"; do
    for ((i = 1; i <= ${group:1}; i++)); do
        id=${group:0:1}$i
        count=$(grep -c "^$id " $matrix)
        [ "$count" -eq 1 ] || echo "$id: $count lines in $matrix"
    done
done
grep '^[A-Z]' $matrix | while read -r id cases what; do
    [ -n "$what" ] || echo "$id: no words"
    [[ " ${groups[*]}" == *" ${id:0:1}"* ]] || echo "$id: no such group"
    if [ "$cases" = - ]; then
        grep -q "^$id " $not_run || echo "$id: no case, and not in $not_run"
    else
        for name in ${cases//,/ }; do
            path=cli/$name.sh
            [ "${name%%/*}" = faults ] && path=$name.sh
            [ -e "$path" ] || echo "$id: no case $name"
        done
    fi
done
for path in faults/*.sh; do
    id=${path#faults/}
    grep -q "^${id%%_*} .*\b${path%.sh}\b" $matrix ||
        echo "$path is not in its line of $matrix"
done
[ "$(grep -c '^[A-Z]' $not_run)" -le 12 ] || echo "$not_run is too long"
