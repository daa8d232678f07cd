#!/usr/bin/env bash
# All tests: check.sh [STAGE...], by default all but memcheck (hours).
# Builds with WERROR=1; the last line is `N passed, N failed` over all.
set -u

cd "$(dirname "$0")/.." || exit 2
export WERROR=1
build=${BUILD:-build}
cores=$(nproc)
[ $# -gt 0 ] || set -- unit cli style lint valgrind instr fuzz torture asan
work=$(mktemp -d "${TMPDIR:-/tmp}/mqstat-check.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Make's own options are not for the builds below.
unset MAKEFLAGS MAKELEVEL

# build_in DIR [VAR=VALUE...]: programs and unit tests.
build_in() {
    local dir=$1
    shift
    make --no-print-directory -j "$cores" BUILD="$dir" "$@" all units \
        >"$work/make" 2>&1 && echo "1 passed, 0 failed" && return
    grep -v '^\(CC\|LINK\|UNIT\) ' "$work/make"
    echo "FAIL build of $dir"
    echo "0 passed, 1 failed"
    return 1
}

unit() {
    build_in "$build" && make -s BUILD="$build" check-unit
}

cli() {
    build_in "$build" && tests/run.sh "$build"
}

style() {
    build_in "$build" && tests/style/check.sh "$build"
}

# The leak checker needs ptrace, which PR_SET_DUMPABLE 0 denies to all but
# root, so it reports at exit where it can.
asan() {
    export ASAN_OPTIONS=detect_stack_use_after_return=1
    export UBSAN_OPTIONS=print_stacktrace=1 MQSTAT_PATIENCE=3
    build_in "$build/asan" SAN=address,undefined || return
    make -s BUILD="$build/asan" SAN=address,undefined check-unit
    tests/run.sh "$build/asan"
}

torture() {
    build_in "$build" && tests/torture/run.sh "$build" short
}

# A handful: one for each input and output, one for each end.
valgrind() {
    local name cases=()
    build_in "$build" || return
    for name in basic/plain basic/duplicates basic/nginx exit/wrong_password \
        exit/forbidden_some exit/no_login input/ndjson input/more_files \
        reply/bad_bodies tls/cacert; do
        [ -e "tests/cli/$name.sh" ] && cases+=("$name")
    done
    MQSTAT_WRAP="valgrind -q --leak-check=full --error-exitcode=99" \
        MQSTAT_PATIENCE=10 tests/run.sh "$build" "${cases[@]}"
}

# All cases, too slow to be done by default. Few are in time under valgrind;
# what counts is that it finds nothing: errors, or memory that is lost for
# certain (threads' own is "possibly lost" where a signal ends the program).
memcheck() {
    local reports=$work/memcheck found
    build_in "$build" && mkdir "$reports" || return
    MQSTAT_WRAP="valgrind -q --leak-check=full --show-leak-kinds=definite"
    MQSTAT_WRAP+=" --log-file=$reports/%p" MQSTAT_PATIENCE=10
    export MQSTAT_WRAP MQSTAT_PATIENCE
    tests/run.sh "$build" >"$work/cases"
    found=$(grep -rlE '^==[0-9]+== .' "$reports")
    # One word each.
    # shellcheck disable=SC2086
    [ -z "$found" ] || head -n 40 $found
    echo "# $(find "$reports" -type f | wc -l) runs"
    [ -n "$found" ] && echo "0 passed, 1 failed" || echo "1 passed, 0 failed"
}

# The targets in a build of their own, by clang, without -Werror.
fuzz() {
    WERROR='' make --no-print-directory -j "$cores" BUILD="$build" fuzz-bins \
        >"$work/make" 2>&1 || {
        cat "$work/make"
        echo "FAIL build of the fuzz targets"
        echo "0 passed, 1 failed"
        return 1
    }
    tests/fuzz/run.sh "$build/fuzz"
}

# The instructions of a query: the same on every machine, within 2 %.
instr() {
    build_in "$build" && python3 tests/bench/instr.py "$build" --budget
}

# lint_one NAME COMMAND...: one check, silent when it finds nothing.
lint_one() {
    local name=$1 out
    shift
    if out=$("$@" 2>&1); then
        echo "1 passed, 0 failed"
    else
        printf 'FAIL lint/%s\n%s\n' "$name" "$out"
        echo "0 passed, 1 failed"
    fi
}

tidy() {
    local out
    # One word each.
    # shellcheck disable=SC2046
    out=$(clang-tidy-14 --quiet "$1" -- -std=c11 -D_GNU_SOURCE -Isrc \
        $(pkg-config --cflags libcurl libuv libcjson libxxhash openssl) \
        2>/dev/null) && return
    printf '%s\n' "$out"
    return 1
}

lint() {
    local file
    export -f tidy lint_one
    # The inner shell expands it.
    # shellcheck disable=SC2016
    printf '%s\n' src/*.c src/sim/*.c | xargs -P "$cores" -I{} \
        bash -c 'lint_one "clang-tidy {}" tidy {}'
    # knownConditionTrueFalse: does not see what calls and macros change.
    lint_one cppcheck cppcheck -q -j "$cores" --std=c11 -D_GNU_SOURCE -Isrc \
        --enable=warning,style,performance,portability --error-exitcode=1 \
        --inline-suppr --suppress=missingIncludeSystem \
        --suppress=knownConditionTrueFalse src src/sim
    for file in man/*.[17]; do
        lint_one "mandoc $file" mandoc -Tlint -W style "$file"
    done
    lint_one shellcheck shellcheck src/*.sh tests/*.sh samples/*.sh .ci/run \
        tests/{fuzz,loaders,style,tools,torture}/*.sh
}

# The totals lines that a stage prints are added up and not shown.
for stage; do
    case $stage in unit | cli | instr | asan | style | lint | valgrind | memcheck | fuzz | \
        torture) ;; *)
        echo "check.sh: no stage $stage" >&2
        exit 2
        ;;
    esac
    start=$SECONDS
    "$stage" >"$work/said" 2>&1
    awk -v stage="$stage" -v totals="$work/totals" '
        /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; next }
        /^[0-9]+ skipped$/ { skipped += $1; next }
        /^ok / { next }
        { print }
        END {
            if (passed + failed == 0) failed = 1
            print passed + 0, failed + 0 >>totals
            printf "%s: %d passed, %d failed", stage, passed, failed
            if (skipped > 0) printf ", %d skipped", skipped
        }' "$work/said"
    echo " ($((SECONDS - start)) s)"
done
awk '{ passed += $1; failed += $2 }
    END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 }' \
    "$work/totals"
