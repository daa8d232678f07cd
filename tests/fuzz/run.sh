#!/usr/bin/env bash
# Runs the fuzz targets: run.sh BUILD [TARGET...]
#
# BUILD holds fuzz_TARGET, made by `make fuzz-bins`. Each target first goes
# through tests/fuzz/corpus/TARGET, then FUZZ_SECONDS (20; 0: not at all)
# through what libFuzzer makes of it, two targets at a time. What reaches
# new code is kept in BUILD/corpus/TARGET, and a longer run goes on from
# there; what shows a mistake is kept in BUILD/found and named.
set -u

cd "$(dirname "$0")/../.." || exit 2
build=${1:?"usage: run.sh BUILD [TARGET...]"}
export seconds=${FUZZ_SECONDS:-20} build
[ $# -gt 1 ] || for source in tests/fuzz/fuzz_*.c; do
    name=${source##*/fuzz_}
    set -- "$@" "${name%.c}"
done
said=$(mktemp "${TMPDIR:-/tmp}/mqstat-fuzz.XXXXXX")
trap 'rm -f "$said"' EXIT

# try_target NAME WHAT ARG...: one pass or failure.
try_target() {
    local name=$1 what=$2 log=$build/$1.log runs
    shift 2
    "$build/fuzz_$name" "-artifact_prefix=$build/found/$name-" -timeout=10 \
        -rss_limit_mb=1024 -print_final_stats=1 "$@" </dev/null \
        >"$log" 2>&1 || {
        echo "FAIL fuzz/$name: $what"
        grep -vE '^(#|INFO)' "$log" | head -n 30
        return 1
    }
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo "ok fuzz/$name: $what, $runs executions"
}

fuzz_target() {
    local stored=tests/fuzz/corpus/$1 corpus=$build/corpus/$1
    mkdir -p "$stored" "$corpus" "$build/found"
    try_target "$1" corpus -runs=0 "$stored" || return
    [ "$seconds" -eq 0 ] ||
        try_target "$1" "$seconds s" "-max_total_time=$seconds" "$corpus" \
            "$stored"
}

export -f fuzz_target try_target
printf '%s\n' "${@:2}" | xargs -P 2 -I{} bash -c 'fuzz_target {}' | tee "$said"
passed=$(grep -c '^ok ' "$said")
failed=$(grep -c '^FAIL ' "$said")
[ "$passed" -gt 0 ] || failed=$((failed + 1))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
