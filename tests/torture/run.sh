#!/usr/bin/env bash
# The loops, and what else takes its time: run.sh BUILD short|long [SEED]
# short is for every change, long for every night. Prints `ok NAME: figures`
# or `FAIL NAME` and what is wrong, and at the end `N passed, N failed`.
set -u

here=$(cd "$(dirname "$0")" && pwd)
build=$1
length=$2
seed=${3:-$RANDOM$RANDOM}
passed=0
failed=0

# torture SHORT LONG PROGRAM [WHAT...]: amounts first
torture() {
    local amount=$1 program=$3 said
    [ "$length" = long ] && amount=$2
    shift 3
    if said=$(python3 "$here/$program.py" "$build" "$amount" "$seed" "$@"); then
        passed=$((passed + 1))
        echo "ok ${said##*$'\n'}"
    else
        failed=$((failed + 1))
        printf 'FAIL %s\n%s\n' "$program $amount $seed $*" "$said"
    fi
}

start=$SECONDS
torture 66 264 canary
torture 200 1000000 allocations
torture 12 100000 calls
torture 50 1000 moments kill
torture 50 500 moments signal
torture 20 100 others pairs
torture 16 200 others pipes
torture 60 10000 others readers
torture 10000 1000000 chaos
echo "torture: $((SECONDS - start)) s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
