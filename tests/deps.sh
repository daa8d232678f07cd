#!/bin/sh
# Installs the Debian packages that are missing: deps.sh PACKAGE...
# With all of them there it does nothing: no network, no root, no output.
set -eu

if ! command -v dpkg-query >/dev/null; then
    echo "deps: no Debian here; these must be there by some other way: $*" >&2
    command -v "${CC:-gcc}" pkg-config >/dev/null
    exit
fi

missing=
for package; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
        grep -q ' installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" -ne 0 ]; then
    root=sudo
    if ! command -v sudo >/dev/null; then
        echo "deps: run as root: apt-get install -y$missing" >&2
        exit 1
    fi
fi
echo "deps: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$root apt-get -qq update
# One word each.
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
    --no-install-recommends $missing </dev/null >&2
