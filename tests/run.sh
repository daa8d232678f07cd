#!/usr/bin/env bash
# Runs the command line cases: run.sh BUILD [AREA|AREA/CASE...]
#                              run.sh --update BUILD AREA/CASE...
#
# A case is tests/cli/AREA/CASE.sh (of the area `faults`, tests/faults/CASE.sh),
# one to eight lines of bash on top of tests/lib.sh. It passes when every line
# succeeds (set -e), when its output, stdout and stderr together and masked
# (tests/mask.sed), is that of CASE.out (none: nothing), and when it leaves no
# process behind. Each case has a directory and a session of its own, all of
# which is gone afterwards.
# A case that this machine cannot run ends by `skip REASON` (status 77): it is
# named, counted apart, and neither passed nor failed.
# --update writes CASE.out anew where it differs; the cases must be named.
#
# In a case, before the commands:  # limit: 60   seconds in place of 20
#                                  # alone       no other case beside it
#
# MQSTAT_WRAP     goes before the program under test, such as valgrind -q
# MQSTAT_PATIENCE multiplies the limits
set -u -o pipefail

tests=$(cd "$(dirname "$0")" && pwd)
jobs=$(($(nproc) * 2))
update=
args=()
for arg; do
    case $arg in
    --update) update=1 ;;
    -*) echo "run.sh: unknown option $arg" >&2 && exit 2 ;;
    *) args+=("$arg") ;;
    esac
done
if [ ${#args[@]} -eq 0 ] || ! [ -x "${args[0]}/mqstat" ]; then
    echo "usage: run.sh [--update] BUILD [AREA|AREA/CASE...]" >&2
    exit 2
fi
if [ -n "$update" ] && { [ ${#args[@]} -eq 1 ] ||
    printf '%s\n' "${args[@]:1}" | grep -qv '[^/*]/[^/*]'; }; then
    echo "run.sh: --update wants cases by name, as AREA/CASE" >&2
    exit 2
fi
build=$(cd "${args[0]}" && pwd)

# Others may read, so that cases can try what another user sees.
work=$(mktemp -d "${TMPDIR:-/tmp}/mqstat-tests.XXXXXX") && chmod 755 "$work"
mkdir "$work"/{bin,real,left,result,skip}

# Called through traps.
# shellcheck disable=SC2317
finish() {
    local left
    for left in "$work"/left/*; do
        [ -e "$left" ] && end_session "${left##*/}" "$(cat "$left")"
    done
    chmod -R u+rwX "$work" 2>/dev/null
    rm -rf "$work"
}

# The processes that are alive of session $1, or whose home is $2.
session() {
    cat /proc/[0-9]*/stat 2>/dev/null |
        awk -v id="$1" '{ pid = $1; sub(/.*\) /, "") }
                        $4 == id && $1 != "Z" { print pid }'
    grep -slzxF "HOME=$2" /proc/[0-9]*/environ | cut -d / -f 3
}

end_session() {
    local pids
    for _ in 1 2 3; do
        pids=$(session "$1" "$2")
        [ -z "$pids" ] && return
        # One word each.
        # shellcheck disable=SC2086
        kill -KILL $pids 2>/dev/null
    done
}

# Copies, so that a build meanwhile does not matter; scripts and not
# functions, so that $! is the program's own process.
install_program() {
    cp "$build/$1" "$work/real/$1" || exit 2
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "${2-}" "$work/real/$1" \
        >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}

# The path of case $1, without its suffix.
base_of() {
    case $1 in
    faults/*) echo "$tests/$1" ;;
    *) echo "$tests/cli/$1" ;;
    esac
}

list_cases() {
    local name
    [ $# -gt 0 ] || set -- '*'
    for name; do
        name=${name#"$tests/"} name=${name#tests/} name=${name#cli/}
        name=${name%.sh}
        case $name in */*) ;; *) name="$name/*" ;; esac
        (cd "$tests" && find cli faults -name '*.sh' \
            \( -path "cli/$name.sh" -o -path "$name.sh" \)) | grep . ||
            echo "run.sh: no case $name" >&2
    done | sed -e 's/\.sh$//' -e 's|^cli/||' | sort -u
}

# run_case NAME: prints what went wrong, if anything.
run_case() {
    local name=$1 base script expected dir=$work/case/$1 limit pid status left
    base=$(base_of "$name") script=$base.sh expected=$base.out
    limit=$(sed -n 's/^# limit: *\([0-9]*\).*/\1/p' "$script")
    limit=$((${limit:-20} * ${MQSTAT_PATIENCE:-1}))
    mkdir -p "$dir" && cd "$dir" || exit 2
    # The inner shell expands these.
    # shellcheck disable=SC2016
    env -i PATH="$work/bin:$PATH:/usr/sbin:/sbin" HOME="$dir" TMPDIR="$dir" \
        LC_ALL=C.UTF-8 TZ=UTC TESTS="$tests" BUILD="$build" CASE="$script" \
        MQSTAT_CONFIG=/dev/null \
        ASAN_OPTIONS="${ASAN_OPTIONS-}" UBSAN_OPTIONS="${UBSAN_OPTIONS-}" \
        CI="${CI-}" PATIENCE="${MQSTAT_PATIENCE:-1}" \
        setsid timeout -k 5 "$limit" bash -eu -o pipefail -c \
        '. "$TESTS/lib.sh"; . "$CASE"' "$name" </dev/null >"$dir.raw" 2>&1 &
    pid=$!
    echo "$dir" >"$work/left/$pid"
    wait "$pid"
    status=$?
    left=$(session "$pid" "$dir")
    [ -n "$left" ] && end_session "$pid" "$dir"
    rm -f "$work/left/$pid"
    sed -E -e "s|$dir|DIR|g" -f "$tests/mask.sed" "$dir.raw" >"$dir.out"
    cd "$work" && chmod -R u+rwX "$dir" && rm -rf "$dir"
    [ -e "$expected" ] || expected=/dev/null
    # What was written with an older mask is still right.
    sed -E -f "$tests/mask.sed" "$expected" >"$dir.expected"
    if [ -n "$update" ] && [ "$status" -eq 0 ] &&
        ! cmp -s "$dir.expected" "$dir.out"; then
        cp "$dir.out" "$dir.expected"
        cp "$dir.out" "$base.out"
        [ -s "$dir.out" ] || rm "$base.out"
    fi
    if [ "$status" -eq 77 ] && [ -z "$left" ]; then
        : >"$work/skip/${name//\//:}"
        echo "SKIP $name: $(tail -n 1 "$dir.raw")"
        return
    fi
    [ "$status" -eq 124 ] && echo "FAIL $name: over its limit of $limit s"
    [ "$status" -ne 0 ] && [ "$status" -ne 124 ] &&
        echo "FAIL $name: a line failed with $status"
    [ -n "$left" ] && echo "FAIL $name: left processes behind"
    cmp -s "$dir.expected" "$dir.out" && return
    [ "$status" -eq 0 ] && echo "FAIL $name: output differs"
    diff -u --label expected --label actual "$dir.expected" "$dir.out" |
        head -60
}

# Runs in the background; prints in one piece, so that cases do not mix.
report_case() {
    local said
    said=$(run_case "$1" 2>&1)
    [ -n "$said" ] && printf '%s\n' "$said"
    [ -z "$said" ] && : >"$work/result/${1//\//:}"
}

run_cases() {
    local running=0 name
    for name; do
        [ "$running" -ge "$jobs" ] && wait -n && running=$((running - 1))
        report_case "$name" &
        running=$((running + 1))
    done
    wait
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
install_program mqstat "${MQSTAT_WRAP-}"
install_program mqstat-sim
mapfile -t cases < <(list_cases "${args[@]:1}")
alone=() together=()
for name in "${cases[@]}"; do
    if grep -q '^# alone' "$(base_of "$name").sh"; then
        alone+=("$name")
    else
        together+=("$name")
    fi
done
run_cases "${together[@]}"
jobs=1
run_cases "${alone[@]}"
passed=$(find "$work/result" -type f | wc -l)
skipped=$(find "$work/skip" -type f | wc -l)
failed=$((${#cases[@]} - passed - skipped))
[ ${#cases[@]} -eq 0 ] && failed=1
[ "$skipped" -gt 0 ] && echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
