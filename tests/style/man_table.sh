#!/bin/sh
# Compares the options that --help lists with those of the manual, letters
# included, and their order within it: man_table.sh MQSTAT [MANUAL]
set -eu

mqstat=$1
manual=${2:-$(dirname "$0")/../../man/mqstat.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "  -c, --column NAME|N  ..." and "      --trim  ..." become "-c --column"
# and "--trim".
"$mqstat" --help |
    sed -n 's/^  \(-.\), \(--[a-z-]*\).*/\1 \2/p
            s/^      \(--[a-z-]*\).*/\1/p' >"$work/help"

# ".It Fl c , Fl -column Ar NAME|N" of the section OPTIONS likewise.
sed -n '/^\.Sh OPTIONS/,/^\.Sh INPUT/p' "$manual" |
    sed -n 's/^\.It Fl \([^-]\) , Fl -\([a-z-]*\).*/-\1 --\2/p
            s/^\.It Fl -\([a-z-]*\).*/--\1/p' >"$work/manual"

if ! [ -s "$work/help" ]; then
    echo "man_table: $mqstat --help lists no options" >&2
    exit 1
fi
if ! diff "$work/help" "$work/manual" >"$work/diff"; then
    echo "man_table: --help (<) and $manual (>) disagree:"
    cat "$work/diff"
    exit 1
fi
