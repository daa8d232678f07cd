#!/usr/bin/env bash
# Runs cmocka's programs beside each other: unit.sh PROGRAM...
# Prints what failed; a crash, or one over a minute, is a failure more.
set -u

work=$(mktemp -d "${TMPDIR:-/tmp}/mqstat-unit.XXXXXX")
trap 'rm -rf "$work"' EXIT
limit=$((60 * ${MQSTAT_PATIENCE:-1}))

# Each in a directory of its own, so that it leaves nothing behind.
run_unit() {
    local program name=${1##*/} dir status
    program=$(realpath "$1") && dir=$work/$name
    mkdir "$dir" "$dir/tmp" && cd "$dir/tmp" || return
    # One word each.
    # shellcheck disable=SC2086
    TMPDIR=$PWD timeout -k 5 "$limit" ${MQSTAT_WRAP-} "$program" \
        </dev/null >"$dir/said" 2>&1
    status=$?
    count() { sed -n "s/^\[  $1  \] \([0-9]*\) test(s).*/\1/p" "$dir/said"; }
    local passed failed
    passed=$(count PASSED | awk '{ n += $1 } END { print n + 0 }')
    failed=$(count FAILED | awk '{ n += $1 } END { print n + 0 }')
    [ "$status" -ne 0 ] && [ "$status" -ne "$failed" ] &&
        failed=$((failed + 1))
    [ "$status" -eq 0 ] && [ "$passed" -eq 0 ] && failed=1
    echo "$passed $failed" >"$dir/count"
    [ "$failed" -eq 0 ] && return
    printf 'FAIL unit/%s: status %s\n%s\n' "$name" "$status" \
        "$(grep -Ev '^\[( RUN  |       OK |==)' "$dir/said" | tail -n 40)"
}

running=0
for program; do
    [ "$running" -ge "$(nproc)" ] && wait -n && running=$((running - 1))
    run_unit "$program" &
    running=$((running + 1))
done
wait
cat "$work"/*/count 2>/dev/null | awk -v programs=$# '
    { passed += $1; failed += $2 }
    END {
        failed += programs - NR
        if (programs == 0) failed = 1
        print passed + 0 " passed, " failed + 0 " failed"
        exit failed > 0
    }'
