#!/bin/sh
# What protects the program at run time, of six: hardened.sh BUILD. CET is
# looked for in our objects, since Debian's start files lack it.
# shellcheck disable=SC2317  # called through missing
set -eu

program=$1/mqstat
objects=$1/libmqstat.a
left=0

# missing NAME COMMAND...: says so unless the command finds it.
missing() {
    name=$1
    shift
    "$@" || { echo "$program lacks $name" && left=1; }
}

has() {
    readelf -W "$1" "$program" | grep -q -e "$2"
}

pie() {
    has -h 'Type: *DYN' && has -d 'FLAGS_1.*PIE'
}

relro() {
    has -l GNU_RELRO && has -d 'BIND_NOW\|FLAGS_1.*NOW'
}

nx() {
    has -l 'GNU_STACK .* RW '
}

canary() {
    has -s __stack_chk_fail
}

fortify() {
    has -s '__[a-z]*_chk@'
}

cet() {
    case $(readelf -h "$program") in *X86-64*) ;; *) return 0 ;; esac
    [ "$(readelf -n "$objects" | grep -c 'IBT, SHSTK')" -eq \
        "$(ar t "$objects" | wc -l)" ]
}

missing PIE pie
missing 'full RELRO' relro
missing NX nx
missing 'stack canaries' canary
missing fortify fortify
missing CET cet
exit "$left"
