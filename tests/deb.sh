#!/usr/bin/env bash
# Packages the program and tries the package on a new Debian:
#     deb.sh             in a chroot that debootstrap makes, as root
#     deb.sh --build     only packages: what is in it, lintian, the same bytes
set -eu -o pipefail

cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/mqstat-deb.XXXXXX")
root=$work/root

# Called through traps.
# shellcheck disable=SC2317
finish() {
    ! mountpoint -q "$root/proc" || umount "$root/proc"
    rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# What was committed or not does not matter, when it was unpacked neither.
dist() {
    make -s dist >/dev/null
    cp build/mqstat-*.tar.gz "$work/first.tar.gz"
    mkdir "$work/copy"
    tar -C "$work/copy" --strip-components 1 -xf "$work/first.tar.gz"
    make -s -C "$work/copy" dist >/dev/null
    cmp "$work/first.tar.gz" "$work"/copy/build/mqstat-*.tar.gz
    echo "ok the same source archive, from itself as well"
}

build() {
    make -s deb >"$work/said" 2>&1 || { cat "$work/said" && return 1; }
    deb=$(echo build/deb/mqstat_*.deb)
    lintian --allow-root --fail-on error,warning "${deb%.deb}.changes"
    dpkg-deb --fsys-tarfile "$deb" | tar -t | grep -v '/$' >"$work/files"
    for file in bin/mqstat bin/mqstat-sim share/man/man1/mqstat.1.gz \
        share/man/man1/mqstat-sim.1.gz share/doc/mqstat/copyright \
        share/bash-completion/completions/mqstat \
        share/zsh/vendor-completions/_mqstat \
        share/fish/vendor_completions.d/mqstat.fish; do
        grep -qx "./usr/$file" "$work/files" || { echo "no $file" && return 1; }
    done
    for file in samples/*; do
        case $file in
        *.sh)
            grep -q "/${file##*/}" "$work/files" || continue
            echo "$file, which needs the source" && return 1
            ;;
        *.service | *.timer) file=lib/systemd/system/${file##*/} ;;
        *) file=usr/share/doc/mqstat/examples/${file##*/} ;;
        esac
        grep -qx "./$file\(\.gz\)\?" "$work/files" ||
            { echo "no $file" && return 1; }
    done
    echo "ok package: lintian finds nothing, $(wc -l <"$work/files") files"
}

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        HOME=/root DEBIAN_FRONTEND=noninteractive "$@"
}

# The program with its simulator, its system's settings and a profile.
try() {
    mkdir -p "$root/etc/mqstat"
    cp samples/config "$root/etc/mqstat/config"
    # The inner shell expands it.
    # shellcheck disable=SC2016
    inside sh -euc '
        mqstat --version
        mqstat-sim --listen 127.0.0.1:8080 --max-time 60 >/dev/null &
        cd /usr/share/doc/mqstat/examples
        MQSTAT_PASSWORD=secret0 mqstat --profile rehearsal --rate 100 \
            -o /tmp/now.csv ids.txt
        kill $!
        [ "$(wc -l </tmp/now.csv)" -eq "$(($(wc -l <ids.txt) + 1))" ]
        mqstat --profile rehearsal --print-config |
            grep -qx "rate = 20/s  # profile /etc/mqstat/config:[0-9]*"
        rm /tmp/now.csv'
    rm -rf "$root/etc/mqstat"
}

installs() {
    [ "$(id -u)" -eq 0 ] || { echo "deb.sh: needs root for a chroot" && exit 1; }
    tests/deps.sh debootstrap
    debootstrap --variant=minbase bookworm "$root" >"$work/said" 2>&1 ||
        { tail "$work/said" && return 1; }
    mount -t proc proc "$root/proc"
    cp "$deb" "$root/mqstat.deb"
    inside apt-get -qq install -y --no-install-recommends /mqstat.deb \
        >"$work/said" 2>&1 || { tail "$work/said" && return 1; }
    echo "ok it installs on a new Debian"
    try
    echo "ok it audits, with settings of /etc/mqstat"
    inside apt-get -qq purge -y mqstat >"$work/said" 2>&1
    inside find / -xdev -path /proc -prune -o -path '*mqstat*' -print |
        grep -v -x /mqstat.deb >"$work/left" || true
    if grep . "$work/left"; then return 1; fi
    echo "ok nothing is left of it"
}

dist
build
[ "${1-}" = --build ] || installs
