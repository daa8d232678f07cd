#!/usr/bin/env bash
# What the manual promises has a case: every option, by its name or letter,
# every exit status, error code and column. cased.sh [MANUAL]; prints what
# none of tests/cli and tests/faults speaks of.
set -u

cd "$(dirname "$0")/../.." || exit 2
manual=${1:-man/mqstat.1}

# section NAME: its lines
section() {
    sed -n "/^\.Sh $1\$/,/^\.Sh/p" "$manual"
}

# missing WHAT PATTERN...: no case says any of the patterns
missing() {
    local what=$1 pattern args=()
    shift
    for pattern; do args+=(-e "$pattern"); done
    grep -rqE --include='*.sh' --include='*.out' "${args[@]}" tests/cli \
        tests/faults ||
        echo "no case for $what"
}

# `c , Fl -column Ar NAME|N` or `-trim`
while read -r name comma _ long _; do
    letter=
    [ "$comma" != , ] || { letter=$name && name=$long; }
    missing "-$name" "-$name\b" ${letter:+" -[a-zA-Z]*$letter\b"}
done < <(section OPTIONS | sed -n 's/^\.It Fl //p')
for status in $(section 'EXIT STATUS' | sed -n 's/,//g; s/^\.It //p'); do
    missing "exit status $status" "^status $status\$"
done
for code in $(section DIAGNOSTICS | sed -n 's/^\.It Li \([a-z_]*\)$/\1/p'); do
    missing "error $code" ",$code," "\"error\":\"$code\""
done
for column in $(section OUTPUT | sed -n 's/^\.It Li \([a-z_]*\) .*/\1/p'); do
    missing "column $column" "^([a-z_]+,)*$column(,|\$)"
done
