#!/usr/bin/env bash
# The same source gives the same programs: builds it twice, in directories,
# time zones, locales, umasks and orders that differ, and compares.
set -eu

cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/mqstat-reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT
unset MAKEFLAGS MAKELEVEL

# build NAME JOBS UMASK VARIABLE=VALUE...
build() {
    local tree=$work/$1 jobs=$2 mask=$3
    shift 3
    mkdir "$tree"
    tar -c --exclude=./build --exclude=./.git . | tar -C "$tree" -x
    (umask "$mask" && cd "$tree" && env "$@" make -s -j "$jobs" all >&2)
    (cd "$tree/build" && sha256sum mqstat mqstat-sim)
}

first=$(build a 2 022 TZ=UTC LC_ALL=C)
second=$(build another-place 1 077 TZ=Asia/Shanghai LC_ALL=C.UTF-8 HOME=/)
printf '%s\n' "$first"
[ "$first" = "$second" ] && exit
printf 'but then:\n%s\n' "$second"
exit 1
