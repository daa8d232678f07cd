#!/usr/bin/env bash
# The house's form: check.sh BUILD. Prints `ok RULE` or `FAIL RULE: what`,
# and at the end `N passed, N failed`, by rules.
set -u

cd "$(dirname "$0")/../.." || exit 2
build=${1:-build}
said=$(mktemp)
trap 'rm -f "$said"' EXIT

format() {
    local file good=0
    for file in src/*.[ch] src/sim/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch]; do
        [ -e "$file" ] || continue
        clang-format-14 --dry-run -Werror "$file" 2>/dev/null && continue
        echo "FAIL format: $file: run clang-format-14 -i on it"
        good=1
    done
    [ "$good" -eq 0 ] && echo "ok format"
}

# rule NAME COMMAND...: kept when the command succeeds and says nothing.
rule() {
    local name=$1 wrong
    shift
    wrong=$({ "$@" 2>&1 || echo "it failed"; } | sed "s/^/FAIL $name: /")
    echo "${wrong:-ok $name}"
}

{
    format
    rule faults tests/style/faults.sh
    python3 tests/style/form.py "$build" 2>&1 || true
    rule manual tests/style/man_table.sh "$build/mqstat"
    rule cased tests/style/cased.sh
    rule hardened tests/style/hardened.sh "$build"
} | tee "$said"
grep -q '^ok allowed\|^FAIL allowed' "$said" || echo "FAIL form: it broke off" |
    tee -a "$said"
passed=$(grep -c '^ok ' "$said")
failed=$(sed -n 's/^FAIL \([a-z_]*\):.*/\1/p' "$said" | sort -u | wc -l)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
